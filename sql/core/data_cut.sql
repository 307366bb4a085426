-- what: the latest moment of a column that belongs to the delivery. A single mistyped year would otherwise move the
--   clock of every figure
-- row: one; the last moment of the stretch that holds most rows, where stretches are parted by more than a year
create or replace macro data_cut_of(moments) as table
    with days as (
        select
            cast(moment as date) as day,
            count(*) as row_count,
            max(moment) as latest_at
        from query_table(moments)
        where moment is not null
        group by cast(moment as date)
    ),

    gaps as (
        select
            *,
            case when day - lag(day) over (order by day) > 366 then 1 else 0 end as is_new_stretch
        from days
    ),

    stretches as (
        select
            *,
            sum(is_new_stretch) over (order by day) as stretch
        from gaps
    )

    select max(latest_at) as data_cut
    from stretches
    group by stretch
    order by sum(row_count) desc, max(latest_at) desc
    limit 1
