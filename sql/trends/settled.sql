-- what: the periods of metrics with what a chart may make of each. Only `settled` periods enter means, limits and
--   rules: the last of their days is as many days before the last day of the data as the metric needs to mature
-- series: one row a `slice`, with its metric's `maturity_days` and what else a chart needs to know of it
-- counts: one row a slice and period, with period_start, numerator and denominator
-- grain: month or week; `first_day` and `last_day` are those of the data; `from_day` and `to_day` those of the reader's
--   own period, null where it is open: a week that lies across its ends is counted in part
-- row: a period of a series, from the first counted to the last
create or replace macro settled(series, counts, grain, first_day, last_day, from_day, to_day) as table
    with periods as (
        select
            slice,
            cast(unnest(generate_series(
                cast(min(period_start) as timestamp), cast(max(period_start) as timestamp),
                if(grain = 'week', interval 7 day, interval 1 month)
            )) as date) as period_start
        from query_table(counts)
        group by slice
    ),

    ends as (
        select
            own.*,
            periods.period_start,
            cast(periods.period_start + if(grain = 'week', interval 7 day, interval 1 month) as date) - 1 as ends_on
        from periods
        inner join query_table(series) as own on periods.slice = own.slice
    )

    select
        ends.* exclude (ends_on, maturity_days),
        counts.numerator,  -- records that meet the metric
        counts.denominator,  -- records counted
        counts.numerator / nullif(counts.denominator, 0) as value,  -- their share; empty where none is counted
        -- incomplete: the data does not cover it; moving: it may still change; empty: nothing is counted; else settled
        case
            when ends.period_start < greatest(first_day, from_day) or ends.ends_on > least(last_day, to_day)
                then 'incomplete'
            when ends.ends_on + cast(ends.maturity_days as integer) > last_day then 'moving'
            when coalesce(counts.denominator, 0) = 0 then 'empty'
            else 'settled'
        end as state
    from ends
    left join query_table(counts) as counts on ends.slice = counts.slice and ends.period_start = counts.period_start
