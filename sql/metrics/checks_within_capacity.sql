-- id: checks_within_capacity
-- title: Checks made within a supervisor's capacity
-- question: Of the checks of closures, how many were made on a day on which the supervisor made no more than there is
--   time for?
-- record: closure
-- row: a closure that a known supervisor checked, in scope or not; placed at the check
-- met: the supervisor made no more checks on that local day than the target allows
-- better: higher
-- serves: R1a
-- kind: supervision
-- needs: target.closure_checks_per_day, incident.closure_checked_at, incident.closure_checked_by,
--   incident.first_closed_at or incident.closed_at
-- judges: closing
-- maturity: 30
-- measure: checks that the supervisor made on that local day
-- caveats: How many checks a day leave time for care is the force's own judgement, set as a target; no published
--   figure was found. Days for which no target is set are not counted. A day with many checks counts with each of
--   them.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1a; the capacity is
--   configuration
with checks as (
    select
        *,
        local_date(checked_at) as checked_date
    from fact_closure
    where is_checked and checked_by is not null
),

capacity as (
    -- how many checks a supervisor has time for, by local day; where targets overlap, the smaller one
    select
        days.checked_date,
        min(target.value) as most_checks
    from (select distinct checked_date from checks) as days
    inner join ref_target as target
        on
            target.target_id = 'closure_checks_per_day'
            and days.checked_date >= coalesce(target.valid_from, date '0001-01-01')
            and days.checked_date < coalesce(target.valid_to, date '9999-12-31')
    group by days.checked_date
)

select
    closure_id as record_id,  -- the closure
    checked_at as placed_at,  -- when the closure was checked
    district,  -- district of the log
    team_id,  -- team that took the report; the extract does not say which team closed it
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    count(*) over supervisor_day <= capacity.most_checks
        as is_met,  -- whether the supervisor's checks that day kept within capacity
    cast(count(*) over supervisor_day as double) as measure  -- checks the supervisor made that day
from checks
inner join capacity on checks.checked_date = capacity.checked_date
window supervisor_day as (partition by checks.checked_by, checks.checked_date)
