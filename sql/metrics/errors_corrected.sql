-- id: errors_corrected
-- title: Returned closures put right
-- question: Of the closures that a supervisor returned for correction, how many were put right?
-- record: closure
-- row: a closure that a supervisor's check returned, in scope or not; placed at the check
-- met: after the check a crime or a reported incident of rape was recorded for the report, or the log was closed again
-- better: higher
-- serves: R1a
-- kind: supervision
-- needs: incident.closure_checked_at, incident.closure_check_result,
--   incident.first_closed_at or incident.closed_at, crime.recorded_at
-- judges: closing
-- maturity: 30
-- caveats: That a log was closed again does not show that the error was mended. A check written over a log's earlier
--   one hides the earlier return.
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
    coalesce(greatest(latest_closure_at, last_recorded_at) > checked_at, false)
        as is_met  -- whether it was put right after the check
from fact_closure
-- a result implies a check; said as well, it spares the look at every closure for its result
where is_checked and check_result = 'returned'
