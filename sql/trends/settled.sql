-- what: the periods of a metric with what a chart may make of each. Only `settled` periods enter means, limits and
--   rules: the last of their days is as many days before the last day of the data as the metric needs to mature
-- row: a period from the first counted to the last; `counts` has period_at, numerator and denominator, `grain` is month
--   or week, `first_day` and `last_day` are those of the data
create or replace macro settled(counts, grain, maturity_days, first_day, last_day) as table
    with periods as (
        select
            cast(unnest(generate_series(
                cast(min(period_at) as timestamp), cast(max(period_at) as timestamp),
                if(grain = 'week', interval 7 day, interval 1 month)
            )) as date) as period_at
        from query_table(counts)
    ),

    ends as (
        select
            period_at,
            cast(period_at + if(grain = 'week', interval 7 day, interval 1 month) as date) - 1 as ends_on
        from periods
    )

    select
        ends.period_at,  -- first day of the period
        counts.numerator,  -- records that meet the metric
        counts.denominator,  -- records counted
        counts.numerator / nullif(counts.denominator, 0) as value,  -- their share; empty where none is counted
        -- incomplete: the data does not cover it; moving: it may still change; empty: nothing is counted; else settled
        case
            when ends.period_at < first_day or ends.ends_on > last_day then 'incomplete'
            when ends.ends_on + cast(maturity_days as integer) > last_day then 'moving'
            when coalesce(counts.denominator, 0) = 0 then 'empty'
            else 'settled'
        end as state
    from ends
    left join query_table(counts) as counts on ends.period_at = counts.period_at
