-- id: vulnerable_downgraded
-- title: Vulnerable callers downgraded
-- question: Of the logs with a vulnerable caller or victim, how many were brought to a less urgent grade?
-- record: incident
-- row: an incident log, in scope or not, other than a duplicate, flagged as vulnerable, whose first and last grades are
--   grades of the list; placed at its report
-- met: the grade held last is less urgent than the grade given first
-- better: lower
-- serves: R1b
-- kind: grading
-- needs: incident.is_vulnerable, incident.initial_grade, incident.final_grade
-- judges: taking
-- maturity: 7
-- caveats: A downgrade can be right when the risk has passed. Vulnerability that was not flagged is not seen:
--   inspectors found it flagged in 29 of 50 cases.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1b; HMICFRS inspection
--   2023-25 for the flags
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    is_downgraded as is_met  -- whether the last grade is less urgent than the first
from fact_incident
where is_vulnerable and duplicate_of is null and is_downgraded is not null
