-- what: the signals that the points of a process control chart give, what they mean for the direction wanted
--   (variation), and whether the process can be relied on to meet a target (assurance). `limits` names what xmr_limits
--   or laney_limits yields of series that say which way is `better` (higher, lower or neither) and the `target`, which
--   may be null
-- row: a point of a chart, in order. A chart's own variation and assurance are those of its last point
create or replace macro spc_signals(limits, spc_profile) as table
    with placed_points as (
        -- where a point lies: its side of the mean, beyond a limit, beyond two thirds of the way to it. Measured by the
        -- reach, so that a limit cut to 0 or 1 does not draw the two thirds nearer to the mean
        select
            *,
            case when abs(value - mean) <= rounding then 0 else sign(value - mean) end as side,
            coalesce(abs(value - mean) > reach + rounding, false) as is_outside,
            coalesce(abs(value - mean) > reach * 2 / 3 + rounding, false) as is_beyond_two_thirds,
            is_beyond_two_thirds and (spc_profile = 'mdc_2023' or not is_outside) as is_near,
            coalesce(sign(value - lag(value) over (partition by slice, phase order by position)), 0) as step
        from query_table(limits)
    ),

    ended as (
        -- what ends at this point: a shift of seven, a trend of six steps (seven points) and its way, a two of three
        select
            *,
            abs(sum(side) over seven) = 7 as ends_shift,
            case when abs(sum(step) over six) = 6 then step end as ended_trend,
            abs(sum(side) over three) = 3 and count_if(is_near) over three >= 2 as ends_near
        from placed_points
        window
            seven as (partition by slice, phase order by position rows between 6 preceding and current row),
            six as (partition by slice, phase order by position rows between 5 preceding and current row),
            three as (partition by slice, phase order by position rows between 2 preceding and current row)
    ),

    flagged as (
        -- what the point is part of. A point at which one trend ends and another begins belongs to the one that ends
        select
            *,
            bool_or(ends_shift) over to_seven as is_shift,
            first_value(ended_trend ignore nulls) over to_seven as trend_step,
            is_near and bool_or(ends_near) over to_three as is_two_of_three,
            count(*) over (partition by slice, phase) as phase_points
        from ended
        window
            to_seven as (partition by slice, phase order by position rows between current row and 6 following),
            to_three as (partition by slice, phase order by position rows between current row and 2 following)
    ),

    signalled as (
        select
            *,
            -- in order of precedence
            case
                when is_outside then 'outside'
                when trend_step is not null then 'trend'
                when is_two_of_three then 'two_of_three'
                when is_shift then 'shift'
            end as signal,
            -- nhsr_0_2_2 judges a trend by the side of the mean its point lies on, mdc_2023 by where it goes
            case when signal = 'trend' and (spc_profile = 'mdc_2023' or side = 0) then trend_step else side end
                as direction
        from flagged
    )

    select
        slice,  -- the series the point is of
        position,  -- number of the point, from 1
        period_start,  -- the period
        value,  -- what was measured
        numerator,  -- records that meet the metric; empty for a series of plain values
        denominator,  -- records counted; empty for a series of plain values
        phase,  -- 0, and one more from each point that is declared rebased
        mean,  -- mean of the phase's points; of a p' chart, of its records
        lower_limit,  -- lower process limit; empty where a phase is a single point
        upper_limit,  -- upper process limit; likewise
        signal,  -- the rule that flags the point: outside, trend, two_of_three or shift; empty where none does
        phase_points,  -- points of the phase
        phase_points < 13 as is_trial,  -- whether they are too few to judge by: trial limits
        -- improvement or concern by the direction wanted, neither where no direction is, else common_cause
        case
            when signal is null then 'common_cause'
            when better = 'neither' then 'neither'
            when (direction > 0) = (better = 'higher') then 'improvement'
            else 'concern'
        end as variation,
        -- pass or fail where the target lies strictly beyond a limit; empty without a target, a direction or limits
        case
            when target is null or better = 'neither' or lower_limit is null then null
            when target < lower_limit then if(better = 'higher', 'pass', 'fail')
            when target > upper_limit then if(better = 'higher', 'fail', 'pass')
            else 'hit_or_miss'
        end as assurance
    from signalled
    order by slice, position
