-- id: checks_by_trained
-- title: Checks by a supervisor with current training
-- question: Of the checks of closures, how many were made by a supervisor who held current training in the recording
--   rules?
-- record: closure
-- row: a closure that a known supervisor checked, in scope or not; placed at the check
-- met: at the check the supervisor had completed a module for R1a that had not expired
-- better: higher
-- serves: R1a
-- kind: supervision
-- needs: incident.closure_checked_at, incident.closure_checked_by, incident.first_closed_at or incident.closed_at,
--   training.completed_at
-- judges: closing
-- maturity: 30
-- caveats: A supervisor of whom the training records say nothing counts as not trained. The extract holds the latest
--   completion of a module alone: a check from before a renewal counts as not met. Of several modules for R1a one is
--   enough. Training is not yet knowledge: only an audit shows whether decisions are right.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1a
with knowledge as (
    -- the training in the recording rules that supervision asks for: of each module a person completed, when that was
    -- last, and until when it is current
    select
        training.staff_id,
        list(row(training.completed_at, training.expires_at)) as modules
    from training
    inner join ref_training_module as module on training.module = module.module
    where module.serves = 'R1a'
    group by training.staff_id
)

select
    closure.closure_id as record_id,  -- the closure
    closure.checked_at as placed_at,  -- when the closure was checked
    closure.district,  -- district of the log
    closure.team_id,  -- team that took the report; the extract does not say which team closed it
    closure.offence_group,  -- offence group the log's codes indicate
    closure.is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    closure.channel,  -- channel of the report
    closure.grade,  -- highest grade the log held
    -- a join to each module anew takes twice the time
    coalesce(len(list_filter(
        knowledge.modules,
        lambda module: module[1] <= closure.checked_at and coalesce(module[2] > closure.checked_at, true)
    )) > 0, false) as is_met  -- whether the supervisor's training was current at the check
from fact_closure as closure
left join knowledge on closure.checked_by = knowledge.staff_id
where closure.is_checked and closure.checked_by is not null
