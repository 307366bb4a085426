-- what: the totals of metrics for the force and for each single dimension: over all time, by month and by week
-- row: a metric, a grain (all, month, week), a period, a dimension (force, district, ...) and one of its values;
--   `metric_cells` names a table, view or CTE with the metrics' cells, each with its metric_id
create or replace macro totals(metric_cells) as table
    with by_dimension as (
        -- still by the days that a month and a week have in common: few rows, which both grains are added up from
        select
            metric_id,
            month,
            week,
            is_of_grade,
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
            sum(met) as met,
            sum(counted) as counted
        from query_table(metric_cells)
        group by
            metric_id,
            month,
            week,
            is_of_grade,
            grouping sets ((), (district), (team_id), (offence_group), (is_domestic_abuse), (channel), (grade))
    )

    select
        metric_id,  -- the metric
        case when grouping(month) = 0 then 'month' when grouping(week) = 0 then 'week' else 'all' end
            as grain,  -- all, month or week
        coalesce(month, week) as period,  -- first day of the month or the week; empty over all time
        dimension,  -- force, or the dimension
        value,  -- value of the dimension; empty for the force, and for records that lack it
        cast(sum(met) as bigint) as met,  -- records that meet the metric
        cast(sum(counted) as bigint) as counted  -- records counted
    from by_dimension
    where is_of_grade = (dimension = 'grade')
    group by metric_id, dimension, value, grouping sets ((), (month), (week))
