-- id: diary_vulnerable
-- title: Domestic abuse or vulnerable callers in the diary
-- question: Of the appointments made, how many were for domestic abuse or for a vulnerable caller or victim?
-- record: appointment
-- row: a diary entry made for a known log, re-bookings apart; placed at its booking, else at the receipt of the report
-- met: the log is flagged as domestic abuse or as vulnerable
-- better: lower
-- serves: R1c
-- kind: appointments
-- needs: appointment.incident_id, incident.is_domestic_abuse, incident.is_vulnerable
-- judges: taking
-- maturity: 60
-- caveats: Putting them in a diary is held to be bad practice, since appointments suit callers who lose nothing by
--   waiting; single cases may be right. Flags are often set later, and what was not flagged is not seen.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1c; practice; Suffolk
--   Constabulary's criteria for appointments
select
    appointment_id as record_id,  -- the diary entry
    coalesce(booked_at, reported_at) as placed_at,  -- when it was made; where not given, when the report was received
    district,  -- district of the log the entry was made for
    taking_team_id as team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    coalesce(is_domestic_abuse, false) or coalesce(is_vulnerable, false)
        as is_met  -- whether the log is flagged as domestic abuse or vulnerable
from fact_appointment
where replaces is null and reported_at is not null
