-- id: focus_recorded
-- title: Focus-group logs with a crime recorded
-- question: Of the reports whose codes indicate harassment, stalking, controlling behaviour, malicious communications
--   or a public order offence, how many led to a recorded crime?
-- record: incident
-- row: an incident log in scope whose gravest code indicates a crime of the focus groups and whose outcome is due:
--   recorded, explained or unexplained; placed at its report
-- met: a crime stands recorded for the report, in time or late, also where it was cancelled since; of whatever class
-- better: higher
-- serves: R3b
-- kind: screening
-- needs: crime.crime_ref, crime.incident_id or incident.crime_ref,
--   incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: taking
-- maturity: 90
-- caveats: A screening measure: it finds candidates for review and is not the recording rate that an audit estimates.
--   A log that holds the code of a graver crime too is counted with that one. Where staff do not recognise these
--   offences, logs are opened under other codes and are not seen here.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R3b
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    is_recorded as is_met  -- whether a crime stands recorded for the report
from fact_incident
where is_in_rate and focus_group is not null
