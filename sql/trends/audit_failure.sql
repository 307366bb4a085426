-- what: why crimes that should have been recorded were not, as the auditors gave it, and how many have been put right
-- row: a draw or rolling year and a reason, the most frequent first
with periods as (
    select distinct
        period_kind,
        period_id,
        quarter,
        status
    from audit_estimate
),

failures as (
    select
        crime.failure_reason,
        crime.may_hide,
        crime.remedied_at,
        crime.sample_id,
        audit_sample.quarter
    from fact_audit_crime as crime
    inner join audit_sample on crime.sample_id = audit_sample.sample_id
    where not crime.is_recorded
)

select
    periods.period_kind,  -- sample: one draw; rolling_year: the four quarters that end with the quarter
    periods.period_id,  -- the draw, or the year such as `2019-Q2 year`
    periods.quarter,  -- first day of the quarter drawn from, or of the year's last
    failures.failure_reason,  -- code of the reason; empty where the auditor gave none
    count(*) filter (not failures.may_hide) as in_scope,  -- crimes missed in logs of the inspection scope
    count(*) filter (failures.may_hide) as hidden,  -- crimes missed in logs that may hide crime
    count(failures.remedied_at) as put_right,  -- of both, those put right since
    periods.status  -- provisional until the registrar has signed every draw
from periods
inner join failures
    on
        case periods.period_kind
            when 'sample' then periods.period_id = failures.sample_id
            else
                periods.quarter >= failures.quarter
                and periods.quarter < failures.quarter + interval 1 year
        end
group by all
order by periods.period_kind asc, periods.period_id asc, in_scope + hidden desc, failures.failure_reason asc
