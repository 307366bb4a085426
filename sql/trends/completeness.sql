-- what: how complete a month is: the logs of it that will have been recorded 90 days after their report, forecast from
--   those recorded so far. Chances of being recorded on each day after the report, of logs not recorded before
--   (hazards), come from the last 90 calendar days. A log closed without a crime stays at risk to day 90: re-opened, it
--   may yet lead to one, and to take it out would overstate the forecast
-- days: what recorded_delays yields of facts of incidents; `last_day` is the last local day that the data holds whole.
--   What a log's unfinished day of delay brought is left out, as that day's exposure is
-- interval: what is still to come, R, is forecast with the binomial variance of each log and, for the variation
--   between months, the share by which the same forecast missed in up to twelve settled months, made for each at the
--   same age from what was known then: variance = sum g·(1 - g) + share² · R²; t on as many degrees as such months.
--   With fewer than three such months it runs from what is recorded to every log
-- row: a month of reports
create or replace macro recorded_delays(logs) as table
    select
        reported_date as reported_on,  -- local day of the report
        -- whole days from the report to the first crime; empty where none was recorded in 90 days
        case
            when first_recorded_at < reported_at + interval 90 day
                then greatest(0, date_diff('second', reported_at, first_recorded_at) // 86400)
        end as delay,
        count(*) as logs
    from query_table(logs)
    where recording_state in ('recorded_in_time', 'recorded_late', 'explained', 'unexplained', 'pending')
    group by all;

create or replace macro completeness(days, last_day) as table
    with given as (
        select
            cast(reported_on as date) as reported_on,
            date_trunc('month', reported_on) as month,
            delay,
            logs
        from query_table(days)
        where reported_on <= last_day
    ),

    cohorts as (
        select
            reported_on,
            any_value(month) as month,
            sum(logs) as logs
        from given
        group by reported_on
    ),

    grid as (
        -- day of report x day of delay: recorded on it, and recorded before it; day 90 stands for the end
        select
            cohorts.reported_on,
            cohorts.month,
            cohorts.logs,
            steps.delay,
            coalesce(given.logs, 0) as recorded,
            coalesce(sum(given.logs) over (
                partition by cohorts.reported_on order by steps.delay rows between unbounded preceding and 1 preceding
            ), 0) as recorded_before
        from cohorts
        cross join range(0, 91) as steps (delay)
        left join given on cohorts.reported_on = given.reported_on and steps.delay = given.delay
    ),

    months as (
        select
            cast(month as date) as month,
            last_day(month) as ends_on
        from cohorts
        group by all
    ),

    forecasts as (
        -- each month as of today, and settled months as of when they were as old as one that is not settled is today
        select
            target.month as target,
            tested.month,
            -- of an unfinished month the days so far are forecast: later reports have no age yet
            tested.ends_on + cast(last_day - target.ends_on as integer) as known_to,
            row_number() over (partition by target.month order by tested.month desc) as newest
        from months as target
        inner join months as tested
            on
                target.month = tested.month
                or (target.ends_on + 90 > last_day and tested.ends_on + 90 <= last_day)
    ),

    asked as (
        select
            *,
            target = month as is_target
        from forecasts
        where
            target = month
            or (newest <= 13 and known_to - 120 >= (select min(reported_on) from cohorts))
    ),

    hazards as (
        select
            moments.known_to,
            grid.delay,
            sum(grid.recorded) / nullif(sum(grid.logs - grid.recorded_before), 0) as hazard
        from (select distinct known_to from asked) as moments
        inner join grid
            on
                grid.reported_on between moments.known_to - 90 - cast(grid.delay as integer)
                and moments.known_to - 1 - cast(grid.delay as integer)
        where grid.delay < 90
        group by all
    ),

    chances as (
        -- the chance that a log not recorded before this day of delay is recorded on it or later
        select
            known_to,
            delay,
            1 - product(1 - coalesce(hazard, 0)) over (
                partition by known_to order by delay desc rows between unbounded preceding and current row
            ) as chance
        from hazards
    ),

    placed_days as (
        select
            asked.target,
            asked.month,
            asked.is_target,
            grid.logs,
            grid.recorded_before as known,
            grid.logs - grid.recorded_before as open,
            coalesce(chances.chance, 0) as chance,
            last_grid.recorded_before as final
        from asked
        inner join grid
            on
                asked.month = grid.month
                and grid.delay = least(90, asked.known_to - grid.reported_on)
        inner join grid as last_grid
            on grid.reported_on = last_grid.reported_on and last_grid.delay = 90
        left join chances on asked.known_to = chances.known_to and grid.delay = chances.delay
    ),

    forecast_months as (
        select
            target,
            month,
            is_target,
            sum(logs) as logs,
            sum(final) as seen,
            sum(known) as known,
            sum(open * chance) as coming,
            sum(open * chance * (1 - chance)) as binomial_variance,
            sum(final - known) as came
        from placed_days
        group by all
    ),

    misses as (
        -- by what share of itself the forecast of what was to come missed, beyond what is binomial
        select
            target,
            count(*) as tested_months,
            greatest(0, sum((came - coming) ^ 2 - binomial_variance) / nullif(sum(coming ^ 2), 0)) as share_squared
        from forecast_months
        where not is_target
        group by target
    ),

    judged as (
        select
            forecast_months.*,
            coalesce(misses.tested_months, 0) as tested_months,
            month + interval 1 month + interval 89 day <= last_day as is_settled,
            greatest(seen, known + coming) as expected,
            case
                when is_settled then 0
                when tested_months >= 3
                    then t_quantile(tested_months) * sqrt(binomial_variance + misses.share_squared * coming ^ 2)
            end as half_width
        from forecast_months
        left join misses on forecast_months.target = misses.target
        where forecast_months.is_target
    )

    select
        month,  -- local month of the reports
        cast(logs as bigint) as logs,  -- logs reported in it so far
        cast(seen as bigint) as recorded,  -- of them recorded so far, within 90 days of the report
        is_settled,  -- whether the 90 days are over for all of them
        expected / logs as final_rate,  -- share that will have been recorded when they are
        greatest(seen, expected - half_width) / logs as lower,  -- 95% interval of that share
        least(logs, expected + half_width) / logs as upper,
        seen / nullif(expected, 0) as complete,  -- share of those to be recorded that are
        tested_months  -- settled months in which the forecast was tried
    from judged
    order by month
