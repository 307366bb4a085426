-- what: what the rate means in crimes a year: those not recorded, C·(1 - R) / R, and those recorded because accuracy
--   has improved since a published rate B, C·(1 - B / R), for C crimes recorded in the year. Both are extrapolations,
--   and labelled so: they take the audited rate to hold of all recorded crime. Their ends come from R's ends, C and B
--   as they stand
-- estimates: one row a sample and measure, with `sample_id`, `measure`, `ratio`, `lower`, `upper`, `baseline_rate`
--   (null where there is none), such as against_baseline yields
-- recorded: one row a measure, with `measure`, `recorded`: crimes recorded in 12 months, fraud apart, such as
--   recorded_year yields
-- row: a sample, measure and `kind`; null where there is no rate
create or replace macro extrapolation(estimates, recorded) as table
    with sized as (
        select
            estimated.*,
            counted.recorded as crimes
        from query_table(estimates) as estimated
        inner join query_table(recorded) as counted on estimated.measure = counted.measure
    )

    select
        sample_id,
        measure,
        'not recorded a year' as kind,
        crimes,
        crimes * (1 - ratio) / nullif(ratio, 0) as estimate,
        crimes * (1 - upper) / nullif(upper, 0) as lower,
        crimes * (1 - lower) / nullif(lower, 0) as upper,
        'extrapolation' as label
    from (select distinct on (sample_id, measure) * from sized) as once
    union all
    select
        sample_id,
        measure,
        format('recorded a year because accuracy improved since {}', year) as kind,
        crimes,
        crimes * (1 - baseline_rate / nullif(ratio, 0)) as estimate,
        crimes * (1 - baseline_rate / nullif(lower, 0)) as lower,
        crimes * (1 - baseline_rate / nullif(upper, 0)) as upper,
        'extrapolation' as label
    from sized
    where baseline_rate is not null;
