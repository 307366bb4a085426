-- id: thrive_recorded
-- title: Logs with a THRIVE assessment
-- question: How many incident logs hold a THRIVE assessment?
-- record: incident
-- row: an incident log, in scope or not, other than a duplicate; placed at its report
-- met: the log says that a THRIVE assessment is written in it
-- better: higher
-- serves: R1b
-- kind: grading
-- needs: incident.thrive_recorded
-- judges: taking
-- maturity: 7
-- caveats: A log that does not say counts as not met. Says nothing of the quality of the assessment, nor whether it
--   was made again when something changed.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1b; THRIVE is practice
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    coalesce(thrive_recorded, false) as is_met  -- whether an assessment is written in the log
from fact_incident
where duplicate_of is null
