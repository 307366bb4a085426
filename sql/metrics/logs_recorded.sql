-- id: logs_recorded
-- title: In-scope logs with a crime recorded
-- question: Of the reports whose codes indicate a notifiable crime, how many led to a recorded crime?
-- record: incident
-- row: an incident log in scope whose outcome is due: recorded, explained or unexplained; placed at its report
-- met: a crime stands recorded for the report, in time or late, also where it was cancelled since
-- better: higher
-- serves: headline
-- kind: screening
-- needs: crime.crime_ref, crime.incident_id or incident.crime_ref,
--   incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: taking
-- maturity: 90
-- caveats: A screening measure: it finds candidates for review and is not the recording rate that an audit estimates,
--   since it cannot see how many crimes a log should have led to. On the last day before the data cut, logs without a
--   crime are not yet due while recorded ones are, so that day looks better than it is.
--   A log closed as a duplicate counts until it names the log that it duplicates.
-- source: Home Office Crime Recording Rules 2026/27, p7 and p10
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
where is_in_rate
