-- id: closures_checked_recording
-- title: Checks that covered crime recording
-- question: Of the checks that supervisors made of in-scope closures, how many covered crime recording?
-- record: closure
-- row: a closure of an incident log in scope that a supervisor checked; placed at the check
-- met: the check found the recording decision right, changed it or returned the log
-- better: higher
-- serves: R1a
-- kind: supervision
-- needs: incident.closure_checked_at, incident.closure_check_result, incident.first_closed_at or incident.closed_at
-- judges: closing
-- maturity: 30
-- caveats: A check without a result counts as not met. Read it beside the closures checked: many checks of few
--   closures are no supervision.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1a
select
    closure_id as record_id,  -- the closure
    checked_at as placed_at,  -- when the closure was checked
    district,  -- district of the log
    team_id,  -- team that took the report; the extract does not say which team closed it
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    coalesce(check_result <> 'not_covered', false) as is_met  -- whether the check covered crime recording
from fact_closure
where is_in_scope and is_checked
