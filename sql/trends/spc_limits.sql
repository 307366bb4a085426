-- what: the limits of process control, of any number of series at once. `slice` tells the series apart; a series has
--   one row a period with `period_start`, `value`, `is_rebased`, and for the Laney p' chart `numerator` and
--   `denominator`, of which `value` is the quotient. Both macros add `position` and `phase`, the `mean`, `reach`
--   (from the mean to a limit), `rounding` (what adding doubles may put beside the true value: a point is above
--   another only where it is above it by more) and the two limits
-- row: a point of a series, in order
create or replace macro spc_phases(series) as table
    select
        *,
        row_number() over in_order as position,
        -- a point that is declared rebased opens a phase with a mean and limits of its own
        cast(count_if(is_rebased) over in_order as bigint) as phase
    from query_table(series)
    window in_order as (partition by slice order by period_start rows between unbounded preceding and current row);

-- XmR: mean ± 2.66 x mean moving range, none of which reaches across a rebase. nhsr_0_2_2 first drops, once, the ranges
-- that are 3.267 x their mean or more; mdc_2023 drops none. The mean of the points keeps every point in both.
-- 1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1: mean 1.94, limits -0.72 and 4.60, or -3.06 and 6.95.
create or replace macro xmr_limits(series, spc_profile) as table
    with ranges as (
        select
            *,
            abs(value - lag(value) over (partition by slice, phase order by position)) as moving_range
        from spc_phases(series)
    ),

    means as (
        select
            *,
            favg(value) over by_phase as mean,
            favg(moving_range) over by_phase as mean_of_all_ranges,
            1e-13 * max(abs(value)) over by_phase as rounding
        from ranges
        window by_phase as (partition by slice, phase)
    ),

    screened as (
        select
            *,
            favg(moving_range) filter (
                where spc_profile = 'mdc_2023' or moving_range < 3.267 * mean_of_all_ranges - rounding
            ) over (partition by slice, phase) as mean_range
        from means
    )

    select
        * exclude (moving_range, mean_of_all_ranges, mean_range),
        -- of a constant phase every range is dropped: its limits are its mean; of a single point there is no range
        2.66 * coalesce(mean_range, mean_of_all_ranges) as reach,
        mean - reach as lower_limit,
        mean + reach as upper_limit
    from screened;

-- Laney p': limits p ± 3 x sigma_z x the binomial standard error at the point's own denominator, cut to 0 and 1, where
-- p pools the phase and sigma_z is the mean range of the points' z, divided by 1.128. It allows for the variation
-- between periods that binomial limits leave out: with denominators in the thousands those would flag most months.
create or replace macro laney_limits(series) as table
    with pooled as (
        select
            *,
            sum(numerator) over by_phase / sum(denominator) over by_phase as mean,
            1e-13 * max(abs(value)) over by_phase as rounding
        from spc_phases(series)
        window by_phase as (partition by slice, phase)
    ),

    errors as (
        select
            *,
            sqrt(mean * (1 - mean) / denominator) as standard_error
        from pooled
    ),

    points as (
        select
            *,
            (value - mean) / nullif(standard_error, 0) as z
        from errors
    ),

    ranges as (
        select
            *,
            abs(z - lag(z) over (partition by slice, phase order by position)) as z_range
        from points
    ),

    spread as (
        select
            *,
            favg(z_range) over (partition by slice, phase) / 1.128 as sigma_z
        from ranges
    ),

    reached as (
        select
            * exclude (standard_error, z, z_range, sigma_z),
            -- where all or none are met there is no error and no z: the limits are the mean
            case when standard_error = 0 then 0 else 3 * sigma_z * standard_error end as reach
        from spread
    )

    select
        *,
        case when reach is not null then greatest(0, mean - reach) end as lower_limit,
        case when reach is not null then least(1, mean + reach) end as upper_limit
    from reached
