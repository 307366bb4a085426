-- id: appointments_kept
-- title: Appointments kept
-- question: Of the appointments whose time has come, how many were kept?
-- record: appointment
-- row: a diary entry whose time is over at the data cut, or that has no time and is no longer booked; placed at the
--   time it was to begin, else at its booking
-- met: police and victim met
-- better: higher
-- serves: R1c
-- kind: appointments
-- needs: appointment.status, appointment.starts_at
-- judges: attending
-- maturity: 60
-- caveats: An entry whose time has come and of which nothing is written counts as not met, as does one that the victim
--   cancelled or that was moved to another time.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1c
select
    appointment_id as record_id,  -- the diary entry
    coalesce(starts_at, booked_at) as placed_at,  -- when it was to begin; where not given, when it was booked
    district,  -- district of the log the entry was made for
    team_id,  -- team that was to keep the appointment
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    is_kept as is_met  -- whether police and victim met
from fact_appointment
where is_due and coalesce(starts_at, booked_at) is not null
