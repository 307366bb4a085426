-- id: response_in_target
-- title: Response within the target
-- question: Of the logs that called for attendance, how many had officers there within the target for their grade?
-- record: incident
-- row: an incident log, in scope or not, other than a duplicate, whose highest grade had a response target on the day
--   and at which officers arrived or the target has passed; logs resolved without sending anyone are left out; placed
--   at its report
-- met: officers arrived within the target, counted from receipt
-- better: higher
-- serves: R1b
-- kind: timeliness
-- needs: target.response, incident.initial_grade, incident.arrived_at
-- judges: attending
-- maturity: 7
-- measure: minutes from receipt to arrival
-- caveats: No arrival counts as not met, under no team, and an arrival before receipt is none. The moment of a change
--   of grade is not in this extract: the highest grade is taken to have been held from receipt. Targets differ by force
--   and date and are configuration; the extremes of response times are often data errors.
-- source: Cleveland Police, FOI 679-24, for the targets; HMICFRS, Cleveland Police: Crime Data Integrity inspection
--   2018, recommendation R1b
select
    incident_id as record_id,  -- the incident log
    reported_at as placed_at,  -- when the report was received
    district,  -- district of the log
    attending_team_id as team_id,  -- team that attended; empty where nobody did
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    is_response_in_target as is_met,  -- whether officers arrived within the target
    response_minutes as measure  -- minutes from receipt to arrival; empty where nobody arrived or before the report
from fact_incident
where is_response_due
