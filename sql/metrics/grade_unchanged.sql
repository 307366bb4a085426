-- id: grade_unchanged
-- title: Logs whose grade was not changed
-- question: How many incident logs kept the grade they were first given?
-- record: incident
-- row: an incident log, in scope or not, other than a duplicate, whose first and last grades are given; placed at its
--   report
-- met: the grade held last is the grade given first
-- better: neither
-- serves: R1b
-- kind: descriptive
-- needs: incident.initial_grade, incident.final_grade
-- judges: taking
-- maturity: 7
-- caveats: A change may mend a wrong grade or make one: whether the grade was right takes an audit. A log moved up and
--   down again counts as unchanged.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1b
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    initial_grade = final_grade as is_met  -- whether the last grade is the first
from fact_incident
where duplicate_of is null and initial_grade is not null and final_grade is not null
