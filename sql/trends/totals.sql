-- what: the totals of a metric for the force and for each single dimension: over all time, by month and by week
-- row: a grain (all, month, week), a period, a dimension (force, district, ...) and one of its values
create or replace macro totals(metric_rows) as table
    with cells as (
        -- one pass over the rows for each dimension; months and weeks are rolled up from its few cells
        select
            month,
            week,
            case
                when grouping(district) = 0 then 'district'
                when grouping(team_id) = 0 then 'team_id'
                when grouping(offence_group) = 0 then 'offence_group'
                when grouping(is_domestic_abuse) = 0 then 'is_domestic_abuse'
                when grouping(channel) = 0 then 'channel'
                when grouping(grade) = 0 then 'grade'
                else 'force'
            end as dimension,
            -- outside its own grouping set a dimension is null
            coalesce(district, team_id, offence_group, cast(is_domestic_abuse as varchar), channel, grade) as value,
            count(*) filter (is_met) as met,
            count(*) as counted
        from placed(metric_rows)
        group by grouping sets (
            (month, week), (month, week, district), (month, week, team_id), (month, week, offence_group),
            (month, week, is_domestic_abuse), (month, week, channel), (month, week, grade)
        )
    )

    select
        case when grouping(month) = 0 then 'month' when grouping(week) = 0 then 'week' else 'all' end as grain,
        coalesce(month, week) as period,  -- first day of the month or the week; empty over all time
        dimension,
        value,  -- value of the dimension; empty for the force, and for records that lack it
        cast(sum(met) as bigint) as met,  -- records that meet the metric
        cast(sum(counted) as bigint) as counted  -- records counted
    from cells
    group by grouping sets ((dimension, value), (dimension, value, month), (dimension, value, week))
