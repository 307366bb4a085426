-- what: the audited rate of the inspection scope set beside published inspection figures, for the measures that were
--   published. A figure published without an interval is drawn as reference and not tested
-- row: a draw or rolling year, a measure and a published figure, see the macro against_baseline
with estimates as (  -- noqa: ST03, against_baseline reads it by name
    select
        struct_pack(kind := period_kind, id := period_id) as sample_id,
        scope,
        domain as measure,
        ratio,
        lower,
        upper
    from audit_estimate
)

select
    estimated.period_kind,  -- sample: one draw; rolling_year: the four quarters that end with the quarter
    estimated.period_id,  -- the draw, or the year such as `2019-Q2 year`
    estimated.quarter,  -- first day of the quarter drawn from, or of the year's last
    found.measure,  -- what is compared: all, violence
    found.baseline_id,  -- the published figure
    found.force,  -- police force inspected
    found.year,  -- year of the inspection
    found.is_own_force,  -- whether the figure is this force's own
    found.ratio,  -- audited rate, from 0 to 1
    found.lower,  -- lower end of its 95% interval
    found.upper,  -- upper end of its 95% interval
    found.baseline_rate,  -- published rate, from 0 to 1
    found.baseline_lower,  -- lower end of its own 95% interval
    found.baseline_upper,  -- upper end of its own 95% interval
    found.is_tested,  -- whether it was published with an interval
    found.difference,  -- audited rate less the published one
    found.difference_lower,  -- lower end of the difference's 95% interval
    found.difference_upper,  -- upper end of the difference's 95% interval
    found.verdict,  -- higher than, lower than, not distinguishable from; or why it is not tested
    found.statement,  -- the comparison in words, in percentage points
    estimated.status  -- provisional until the registrar has signed every draw
from against_baseline('estimates', 'ref_inspection_baseline') as found
inner join audit_estimate as estimated
    on
        struct_extract(found.sample_id, 'kind') = estimated.period_kind
        and struct_extract(found.sample_id, 'id') = estimated.period_id
        and found.measure = estimated.domain
where estimated.scope = 'inspection'
order by all
