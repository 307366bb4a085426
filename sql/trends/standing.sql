-- what: the months over which a recommendation's measure is compared: those that the force's own latest inspection
--   audited, and as many of the measure's settled months up to the day the recommendation was due, and up to now. A
--   month is settled where the last of its days is as many days before the last day of the data as the measure needs to
--   mature
-- maturity_days: of the measure; due_date: of the recommendation; first_day, last_day: local days of the data
-- row: a moment, at the inspection, at the due date or now, with the first days of its first and last month
create or replace macro standing(maturity_days, due_date, first_day, last_day) as table
    with inspected as (
        select
            cast(date_trunc('month', arg_max(period_from, published)) as date) as from_month,
            cast(date_trunc('month', arg_max(period_to, published)) as date) as to_month,
            coalesce(date_diff('month', from_month, to_month) + 1, 6) as months
        from ref_inspection_baseline
        where is_own_force and period_from is not null and period_to is not null
    ),

    settled_on as (
        select
            1 as position,
            'at the inspection' as moment,
            last_day(to_month) as day
        from inspected
        where to_month is not null
        union all
        select
            2 as position,
            'at the due date' as moment,
            least(cast(due_date as date), last_day - cast(maturity_days as integer)) as day
        union all
        select
            3 as position,
            'now' as moment,
            last_day - cast(maturity_days as integer) as day
    ),

    spans as (
        select
            settled_on.position,
            settled_on.moment,
            -- the last month that is over by the day
            cast(date_trunc('month', settled_on.day + 1) - interval 1 month as date) as to_month,
            cast(date_trunc('month', settled_on.day + 1) - to_months(inspected.months) as date) as from_month
        from settled_on
        cross join inspected
    )

    select
        position,  -- place in the order of time
        moment,  -- at the inspection, at the due date, or now
        from_month,  -- first day of the first month
        to_month,  -- first day of the last month
        -- whether the data holds all of them whole
        coalesce(from_month >= first_day and last_day(to_month) <= last_day, false) as is_covered
    from spans
    order by position
