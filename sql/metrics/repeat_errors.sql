-- id: repeat_errors
-- title: Repeated errors of a handler
-- question: Of the errors that checks of closures found, how many followed another of the same handler within 90 days?
-- record: closure
-- row: a closure that a check returned or changed, of a log whose handler is known; placed at the check
-- met: a check had found an error in another log of the same handler in the 90 days before
-- better: lower
-- serves: R1a
-- kind: supervision
-- needs: incident.closure_checked_at, incident.closure_check_result,
--   incident.first_closed_at or incident.closed_at, incident.handler_id
-- judges: taking
-- maturity: 30
-- caveats: Handlers of many logs, and those checked more often, have more errors found: it points to teams where
--   feedback may be wanting and is no measure of a person. An error is put down to the handler, though another may
--   have closed the log. The 90 days are practice.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1a; feedback to individuals
--   is named as good practice in the inspection reports
select
    closure_id as record_id,  -- the closure
    checked_at as placed_at,  -- when the closure was checked
    district,  -- district of the log
    team_id,  -- team that took the report: the handler's team
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    count(*) over (
        partition by handler_id
        order by checked_at
        range between interval '90 days' preceding and interval '1 microsecond' preceding
    ) > 0 as is_met  -- whether a check had found an error of this handler in the 90 days before
from fact_closure
-- a result implies a check; said as well, it spares the look at every closure for its result
where is_checked and check_result in ('changed', 'returned') and handler_id is not null
