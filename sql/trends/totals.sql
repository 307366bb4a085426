-- what: the totals of metrics for the force and for each single dimension: over all time, by month and by week
-- row: a metric, a grain (all, month, week), a period, a dimension (force, district, ...) and one of its values;
--   `metric_cells` names a table, view or CTE with the metrics' cells, each with its metric_id
create or replace macro totals(metric_cells) as table
    select
        metric_id,
        case when grouping(month) = 0 then 'month' when grouping(week) = 0 then 'week' else 'all' end as grain,
        coalesce(month, week) as period,  -- first day of the month or the week; empty over all time
        dimension,
        value,  -- value of the dimension; empty for the force, and for records that lack it
        cast(sum(met) as bigint) as met,  -- records that meet the metric
        cast(sum(counted) as bigint) as counted  -- records counted
    from query_table(metric_cells)
    group by grouping sets (
        (metric_id, dimension, value), (metric_id, dimension, value, month), (metric_id, dimension, value, week)
    )
