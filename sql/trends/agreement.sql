-- what: how far two auditors agree on logs that both marked: raw agreement with Wilson's interval, and Cohen's kappa,
--   the agreement beyond that of two who say yes as often as these but by chance
--   kappa = (po - pe) / (1 - pe);  pe = p1·p2 + (1 - p1)·(1 - p2)
-- pairs: one row a log marked by two, with `sample_id`, `first_verdict`, `second_verdict`: whether every required
--   crime was recorded. A log that either left open is not counted
-- row: a sample. Kappa is null where both said the same of every log: there is nothing to tell chance by
create or replace macro agreement(pairs) as table
    with counted as (
        select
            sample_id,
            count(*) as logs,
            count(*) filter (first_verdict = second_verdict) as agreed,
            count(*) filter (first_verdict) / count(*) as first_yes,
            count(*) filter (second_verdict) / count(*) as second_yes
        from query_table(pairs)
        where first_verdict is not null and second_verdict is not null
        group by sample_id
    ),

    by_chance as (
        select
            *,
            agreed / logs as raw_agreement,
            first_yes * second_yes + (1 - first_yes) * (1 - second_yes) as chance_agreement,
            wilson(agreed, logs) as raw_interval
        from counted
    )

    select
        sample_id,
        agreed,  -- k: logs on which the two agree
        logs,  -- n: logs marked by both
        raw_agreement,
        raw_interval.lower as raw_lower,
        raw_interval.upper as raw_upper,
        case when chance_agreement < 1 then (raw_agreement - chance_agreement) / (1 - chance_agreement) end as kappa
    from by_chance;
