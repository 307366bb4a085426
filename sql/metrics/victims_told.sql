-- id: victims_told
-- title: Victims told that no crime was recorded
-- question: Of the in-scope logs closed without a crime, in how many was the victim told so?
-- record: incident
-- row: an incident log in scope, closed without a crime though the time for recording has passed, explained or
--   unexplained; placed at its report
-- met: the log says when the victim was told that no crime was recorded
-- better: higher
-- serves: headline
-- kind: compliance
-- needs: incident.victim_told_at, incident.first_closed_at or incident.closed_at, crime.crime_ref,
--   crime.incident_id or incident.crime_ref, incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: closing
-- maturity: 90
-- caveats: Includes logs whose victim could not be traced, so that all is not within reach. Explained logs count from
--   the moment the reason is given. Judged by the team that took the report: the extract does not say which team
--   closed the log.
-- source: Home Office Crime Recording Rules 2026/27, p10
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    victim_told_at is not null as is_met  -- whether the victim was told
from fact_incident
where recording_state in ('explained', 'unexplained') and latest_closure_at is not null
