-- what: closures of incident logs, and the supervisor's check that followed each
-- row: a closure of a log: the first, and the latest where the log was closed again. A check belongs to the last closure
--   made before it
with closures as (
    select
        log.*,
        'first' as which,
        log.first_closure_at as placed_at
    from fact_incident as log
    where log.first_closure_at is not null
    union all
    select
        log.*,
        'latest' as which,
        log.latest_closure_at as placed_at
    from fact_incident as log
    where coalesce(log.latest_closure_at > log.first_closure_at, log.latest_closure_at is not null)
),

checked as (
    select
        closures.*,
        coalesce(
            case
                when closures.which = 'latest' then closures.closure_checked_at >= closures.latest_closure_at
                when closures.latest_closure_at > closures.first_closure_at
                    then closures.closure_checked_at < closures.latest_closure_at
                else closures.closure_checked_at is not null
            end,
            false
        ) as is_checked
    from closures
)

select
    incident_id || '/' || which as closure_id,  -- the log's number and which of its closures this is
    incident_id,  -- the log
    which,  -- first, or latest where the log was closed again
    placed_at as closed_at,  -- when the log was closed
    case when which = 'latest' or first_closure_at = latest_closure_at then closed_by end as closed_by,  -- who closed it, where known
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
    is_checked,  -- whether a supervisor checked this closure
    case when is_checked then closure_checked_at end as checked_at,  -- when the closure was checked
    case when is_checked then closure_checked_by end as checked_by,  -- supervisor who checked it
    case when is_checked then closure_check_result end as check_result  -- what the check found
from checked
