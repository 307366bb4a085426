-- what: the rate of yes/no checks, such as of cancelled crimes or N100 records, with k, n and Wilson's interval, the
--   exact one beside it as the option. Checks of records that a supervisor picked stand in rows of their own, without
--   an interval: they speak of what was picked and of nothing else, and are never pooled with a random sample
-- checks: one row a check, with `kind`, `is_correct`, `is_targeted`, whether the record was picked and not drawn at
--   random; one without a verdict is not counted
-- row: a kind, of random or of targeted checks
create or replace macro checked_rate(checks) as table
    with counted as (
        select
            kind,
            coalesce(is_targeted, true) as is_targeted,
            count(*) filter (is_correct) as correct,
            count(*) as checked
        from query_table(checks)
        where is_correct is not null
        group by kind, coalesce(is_targeted, true)
    ),

    bounded as (
        select
            *,
            case when not is_targeted then wilson(correct, checked) end as score,
            case when not is_targeted then exact_interval(correct, checked) end as exact
        from counted
    )

    select
        kind,
        is_targeted,  -- picked, or not known to be drawn at random
        correct,  -- k: checks that found the record correct
        checked,  -- n: checks with a verdict
        correct / checked as rate,
        struct_extract(score, 'lower') as lower,
        struct_extract(score, 'upper') as upper,
        exact.lower as exact_lower,
        exact.upper as exact_upper
    from bounded;
