-- what: the cells of every metric (see sql/trends/cells.sql), which their totals are rolled up from in one go
-- row: a metric, a month, a week, a dimension and one of its values; lasts for the length of the build
create temp table metric_cell (
    metric_id varchar,
    month date,
    week date,
    dimension varchar,
    value varchar,
    met bigint,
    counted bigint
);
