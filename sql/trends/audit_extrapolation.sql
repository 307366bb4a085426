-- what: what the audited rate of the inspection scope means in crimes a year: not recorded, and recorded because
--   accuracy improved since the force's own inspection. Extrapolations, and labelled so; crime recorded without a log
--   is not covered by an audit of logs, and its share is stated
-- row: a draw or rolling year, a measure and a kind, see the macro extrapolation
with years as (  -- noqa: ST03, recorded_year reads it by name
    select distinct
        struct_pack(kind := period_kind, id := period_id) as sample_id,
        cast(period_to + interval 1 day - interval 1 year as date) as first_day,
        period_to as last_day
    from audit_estimate
),

recorded as (  -- noqa: ST03, extrapolation reads it by name
    select * from recorded_year('fact_crime', 'years')
),

estimates as (  -- noqa: ST03, extrapolation reads it by name
    select
        struct_pack(kind := estimated.period_kind, id := estimated.period_id) as sample_id,
        estimated.domain as measure,
        estimated.ratio,
        estimated.lower,
        estimated.upper,
        compared.baseline_rate,
        compared.year
    from audit_estimate as estimated
    left join audit_comparison as compared
        on
            estimated.period_kind = compared.period_kind
            and estimated.period_id = compared.period_id
            and estimated.domain = compared.measure
            and compared.is_own_force
            and compared.is_tested
    where estimated.scope = 'inspection'
)

select
    estimated.period_kind,  -- sample: one draw; rolling_year: the four quarters that end with the quarter
    estimated.period_id,  -- the draw, or the year such as `2019-Q2 year`
    estimated.quarter,  -- first day of the quarter drawn from, or of the year's last
    found.measure,  -- all, violence, sexual, other
    found.kind,  -- not recorded a year, or recorded a year because accuracy improved since an inspection
    found.first_day,  -- first day of the 12 months that end with the audit
    found.last_day,  -- last day of them
    found.crimes,  -- crimes recorded in those 12 months, fraud apart
    found.estimate,  -- crimes a year
    found.lower,  -- lower end, from the rate's ends
    found.upper,  -- upper end, from the rate's ends
    found.without_log,  -- crimes recorded in the 12 months that no log is linked to: not covered
    found.share_without_log,  -- their share
    found.label,  -- extrapolation
    found.reason,  -- why there is no figure
    estimated.status  -- provisional until the registrar has signed every draw
from extrapolation('estimates', 'recorded') as found
inner join audit_estimate as estimated
    on
        struct_extract(found.sample_id, 'kind') = estimated.period_kind
        and struct_extract(found.sample_id, 'id') = estimated.period_id
        and found.measure = estimated.domain
where estimated.scope = 'inspection'
order by all
