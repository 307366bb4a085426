-- what: the counts of a metric that its totals are rolled up from: the days that a month and a week have in common, for
--   the force and for each single dimension
-- row: a month, a week, a dimension (force, district, ...) and one of its values
create or replace macro cells(metric_rows) as table
    select
        month,  -- first day of the local month
        week,  -- Monday of the local week
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
        coalesce(district, team_id, offence_group, cast(is_domestic_abuse as varchar), channel, grade)
            as value,  -- value of the dimension; empty for the force, and for records that lack it
        count(*) filter (is_met) as met,  -- records that meet the metric
        count(*) as counted  -- records counted
    from placed(metric_rows)
    group by grouping sets (
        (month, week), (month, week, district), (month, week, team_id), (month, week, offence_group),
        (month, week, is_domestic_abuse), (month, week, channel), (month, week, grade)
    )
