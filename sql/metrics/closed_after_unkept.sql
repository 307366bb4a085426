-- id: closed_after_unkept
-- title: Closed without a crime after an unkept appointment
-- question: Of the in-scope logs whose appointments were not kept, how many were closed without a crime?
-- record: incident
-- row: an incident log in scope whose outcome is due, with an appointment cancelled or missed and none kept; placed at
--   its report
-- met: the log is closed and no crime stands recorded for the report
-- better: lower
-- serves: R1c
-- kind: screening
-- needs: appointment.incident_id, appointment.status, incident.first_closed_at or incident.closed_at,
--   crime.crime_ref, crime.incident_id or incident.crime_ref,
--   incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: closing
-- maturity: 90
-- caveats: A screening measure: some of these logs hold an accepted reason. The log may have been closed before its
--   appointment. Judged by the team that took the report: the extract does not say which team closed the log.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1c
with unkept as (
    -- logs with an appointment that was cancelled or missed, and none that was kept
    select incident_id
    from fact_appointment
    where incident_id is not null
    group by incident_id
    having bool_or(status in ('cancelled', 'missed')) and not bool_or(is_kept)
)

select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    not is_recorded and latest_closure_at is not null as is_met  -- whether the log was closed without a crime
from fact_incident
where is_in_rate and has_appointment and incident_id in (select incident_id from unkept)
