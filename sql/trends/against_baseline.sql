-- what: the audited rate set beside published inspection figures: the difference with its 95% interval, and whether
--   it is higher, lower or not to be told apart. The published figure's own interval counts: the ends are d - sqrt((R
--   - R_lower)² + (B_upper - B)²) and d + sqrt((R_upper - R)² + (B - B_lower)²), square-and-add of each rate's own
--   interval (Newcombe; Zou and Donner), which keeps the lopsided ends of the logit interval
-- estimates: one row a sample, scope and measure, with `sample_id`, `scope`, `measure` (all, violence), `ratio`,
--   `lower`, `upper`; of these the inspection scope alone is compared, as the inspection audited no other logs
-- baselines: rows of ref_inspection_baseline. One is tested where it was published with an interval, that is where
--   half_width_points is given; any other is drawn as reference and not tested
-- row: a sample, measure and baseline; shares from 0 to 1, the statement in percentage points
create or replace macro against_baseline(estimates, baselines) as table
    with paired as (
        select
            estimated.sample_id,
            estimated.measure,
            estimated.ratio,
            estimated.lower,
            estimated.upper,
            published.baseline_id,
            published.force,
            published.year,
            published.is_own_force,
            published.rate_pct / 100 as baseline_rate,
            published.half_width_points is not null as is_tested,
            case when published.half_width_points is not null then published.lower_pct / 100 end as baseline_lower,
            case when published.half_width_points is not null then published.upper_pct / 100 end as baseline_upper
        from query_table(estimates) as estimated
        inner join query_table(baselines) as published on estimated.measure = published.measure
        where estimated.scope = 'inspection'
    ),

    compared as (
        select
            *,
            case when is_tested then ratio - baseline_rate end as difference,
            ratio - baseline_rate
            - sqrt((ratio - lower) ^ 2 + (baseline_upper - baseline_rate) ^ 2) as difference_lower,
            ratio - baseline_rate
            + sqrt((upper - ratio) ^ 2 + (baseline_rate - baseline_lower) ^ 2) as difference_upper
        from paired
    ),

    judged as (
        select
            *,
            case
                when not is_tested then 'not tested'
                when ratio is null then 'no rate'
                when difference_lower is null or difference_upper is null then 'no interval'
                when difference_lower > 0 then 'higher than'
                when difference_upper < 0 then 'lower than'
                else 'not distinguishable from'
            end as verdict
        from compared
    )

    select
        *,
        case
            when verdict in ('higher than', 'lower than', 'not distinguishable from')
                then format(
                        '{} {} (difference {:+.1f} points, 95% interval {:+.1f} to {:+.1f}; '
                        || 'different auditors, rules and routes)',
                        verdict, year, 100 * difference, 100 * difference_lower, 100 * difference_upper
                    )
            when verdict = 'not tested' then format('{}: published without an interval, not tested', year)
            else format('{}: not tested, {}', year, verdict)
        end as statement
    from judged;
