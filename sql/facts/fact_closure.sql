-- what: closures of incident logs, and the supervisor's check that followed each
-- row: a closure of a log: the first, and the latest where the log was closed again. A check belongs to the last
--   closure made before it, and to none where it was made before all. A latest closure dated before the first is no
--   second one
with closures as (
    select
        *,
        'first' as which,
        first_closure_at as placed_at,
        case when first_closure_at = latest_closure_at then closed_by end as placed_by,
        checked_closure = 'first' as is_checked,
        last_closure = 'first' as is_last
    from fact_incident
    where first_closure_at is not null
    union all
    select
        *,
        'latest' as which,
        latest_closure_at as placed_at,
        closed_by as placed_by,
        checked_closure = 'latest' as is_checked,
        true as is_last
    from fact_incident
    where last_closure = 'latest'
)

select
    incident_id || '/' || which as closure_id,  -- the log's number and which of its closures this is
    incident_id,  -- the log
    which,  -- first, or latest where the log was closed again
    placed_at as closed_at,  -- when the log was closed
    placed_by as closed_by,  -- who closed it, where known
    reported_at,  -- when the report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    handler_id,  -- call handler of the log
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the log
    grade,  -- highest grade of the log
    is_in_scope,  -- whether a code of the log indicates a notifiable crime
    recording_state,  -- what became of the report under the recording rules
    is_recorded,  -- whether a crime stands recorded for the report
    reopened_count,  -- how often the log was re-opened
    latest_closure_at,  -- when the log was last closed
    first_recorded_at,  -- when the first crime of the report was recorded
    last_recorded_at,  -- when the last crime or reported incident linked to the report was recorded
    is_last,  -- whether the log stands closed by this closure, and not by a later one, nor open again
    is_checked,  -- whether a supervisor checked this closure
    case when is_checked then closure_checked_at end as checked_at,  -- when the closure was checked
    case when is_checked then closure_checked_by end as checked_by,  -- supervisor who checked it
    case when is_checked then closure_check_result end as check_result  -- what the check found
from closures
