-- what: the counts of a metric that its figures are added up from. Grade stands apart: crossed with the rest it would
--   make two thirds more cells, and no page filters by it. Figures by grade under other filters count the records
-- row: the days that a month and a week have in common, and one combination of the other dimensions; or one grade
create or replace macro cells(metric_rows) as table
    select
        month,  -- first day of the local month
        week,  -- Monday of the local week
        district,  -- district; empty also for records that lack it, as are the dimensions below
        team_id,  -- team
        offence_group,  -- offence group
        is_domestic_abuse,  -- whether domestic abuse is flagged
        channel,  -- channel
        grade,  -- grade
        grouping(grade) = 0 as is_of_grade,  -- whether all the other dimensions are left out; else grade is
        count(*) filter (is_met) as met,  -- records that meet the metric
        count(*) as counted  -- records counted
    from placed(metric_rows)
    group by grouping sets (
        (month, week, district, team_id, offence_group, is_domestic_abuse, channel),
        (month, week, grade)
    )
