-- id: logs_explained
-- title: In-scope logs with an accepted reason for no crime
-- question: Of the reports whose codes indicate a notifiable crime, how many hold a reason for recording none that the
--   rules accept?
-- record: incident
-- row: an incident log in scope whose outcome is due: recorded, explained or unexplained; placed at its report
-- met: no crime stands recorded and the log holds a reason that the rules accept
-- better: neither
-- serves: headline
-- kind: screening
-- needs: incident.no_crime_reason, crime.crime_ref, crime.incident_id or incident.crime_ref,
--   incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: taking
-- maturity: 90
-- caveats: The reasons are as written in the logs and unverified until audited: a reason given is not a reason that
--   holds. Never to be added to the logs recorded. A screening measure: it finds candidates for review and is not the
--   recording rate that an audit estimates.
-- source: Home Office Crime Recording Rules 2026/27, p6 to p10
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    recording_state = 'explained' as is_met  -- whether an accepted reason stands for recording no crime
from fact_incident
where is_in_rate
