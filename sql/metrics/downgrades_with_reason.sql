-- id: downgrades_with_reason
-- title: Downgrades with a reason
-- question: Of the logs brought to a less urgent grade, how many hold a reason for it?
-- record: incident
-- row: an incident log, in scope or not, other than a duplicate, whose last grade is less urgent than its first;
--   placed at its report
-- met: a reason for the last change of grade is written
-- better: higher
-- serves: R1b
-- kind: grading
-- needs: incident.initial_grade, incident.final_grade, incident.regrade_reason
-- judges: taking
-- maturity: 7
-- caveats: Says that a reason is given, not that it is a good one. Of several changes only the last has its reason in
--   the extract.
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
    regrade_reason is not null as is_met  -- whether a reason is written for the change
from fact_incident
where is_downgraded and duplicate_of is null
