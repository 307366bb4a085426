-- what: the rows of a metric with the local month and the local week (from Monday) they fall in. A row without a
--   verdict does not meet the metric
-- row: a row of the metric; `metric_rows` names a table, view or CTE with the columns every metric yields
create or replace macro placed(metric_rows) as table
    select
        * replace (coalesce(is_met, false) as is_met),
        cast(date_trunc('month', local_date(placed_at)) as date) as month,  -- first day of the local month
        cast(date_trunc('week', local_date(placed_at)) as date) as week  -- Monday of the local week
    from query_table(metric_rows)
