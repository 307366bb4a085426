-- id: logs_unexplained
-- title: In-scope logs with neither crime nor accepted reason
-- question: Of the reports whose codes indicate a notifiable crime, how many hold neither a crime nor an accepted
--   reason once the limit has passed?
-- record: incident
-- row: an incident log in scope whose outcome is due: recorded, explained or unexplained; placed at its report
-- met: no crime stands recorded, no accepted reason is given and the time allowed for recording has passed
-- better: lower
-- serves: headline
-- kind: screening
-- needs: incident.no_crime_reason, crime.crime_ref, crime.incident_id or incident.crime_ref,
--   incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: taking
-- maturity: 90
-- caveats: A screening measure: it finds candidates for review and is not the recording rate that an audit estimates:
--   a reader of the log may find that no crime was due, or that several were. On the last day before the data cut,
--   logs without a crime are not yet due while recorded ones are, so that day looks better than it is.
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
    recording_state = 'unexplained' as is_met  -- whether neither a crime nor an accepted reason stands
from fact_incident
where is_in_rate
