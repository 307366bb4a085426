-- what: what the rate means in crimes a year: those not recorded, C·(1 - R) / R, and those recorded because accuracy
--   has improved since a published rate B, C·(1 - B / R), for C crimes recorded in the year. Both are extrapolations,
--   and labelled so: they take the audited rate to hold of all recorded crime. Their ends come from R's ends, C and B
--   as they stand
-- estimates: one row a sample and measure, with `sample_id`, `measure`, `ratio`, `lower`, `upper`, and `baseline_rate`
--   and `year` of a published figure (null where there is none), such as against_baseline yields
-- recorded: rows of recorded_year
-- row: a sample, measure and `kind`; null where there is no rate, or the year's crimes are not all there
create or replace macro extrapolation(estimates, recorded) as table
    with sized as (
        select
            estimated.*,
            counted.* exclude (sample_id, measure, recorded, reason),
            counted.recorded as crimes,
            case when counted.reason is null then counted.recorded end as whole_year,
            coalesce(counted.reason, if(estimated.ratio is null, 'no rate', null)) as reason
        from query_table(estimates) as estimated
        inner join query_table(recorded) as counted
            on estimated.sample_id = counted.sample_id and estimated.measure = counted.measure
    ),

    kinds as (
        select distinct on (sample_id, measure)
            *,
            'not recorded a year' as kind,
            whole_year * (1 - ratio) / nullif(ratio, 0) as estimate,
            whole_year * (1 - upper) / nullif(upper, 0) as lower_end,
            whole_year * (1 - lower) / nullif(lower, 0) as upper_end
        from sized
        union all
        select
            *,
            format('recorded a year because accuracy improved since {}', year) as kind,
            whole_year * (1 - baseline_rate / nullif(ratio, 0)) as estimate,
            whole_year * (1 - baseline_rate / nullif(lower, 0)) as lower_end,
            whole_year * (1 - baseline_rate / nullif(upper, 0)) as upper_end
        from sized
        where baseline_rate is not null
    )

    select
        sample_id,
        measure,
        kind,
        first_day,
        last_day,
        crimes,
        estimate,
        lower_end as lower,
        upper_end as upper,
        without_log,
        share_without_log,
        reason,
        'extrapolation' as label
    from kinds;
