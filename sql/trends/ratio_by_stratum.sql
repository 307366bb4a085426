-- what: what the sample found in each stratum, with a stated bound where it found no failure, or failures alone: that
--   is no certainty. The bound is the end of the exact 95% interval over as many equal logs as tell as much about
--   crimes, (sum x)² / sum x², without regard to the size of the population, which would only narrow it
-- logs, strata: as ratio_estimate takes them
-- row: a stratum of a sample
create or replace macro ratio_by_stratum(logs, strata) as table
    with found as (
        select
            sample_id,
            stratum,
            count(*) filter (required > 0) as held,
            sum(required) as required,
            sum(recorded) as recorded,
            sum(required) ^ 2 / nullif(sum(cast(required as double) ^ 2), 0) as equal_logs
        from query_table(logs)
        group by sample_id, stratum
    ),

    cells as (
        select
            drawn.sample_id,
            drawn.stratum,
            drawn.population,
            drawn.sampled,
            coalesce(found.held, 0) as held,
            coalesce(found.recorded, 0) as recorded,
            coalesce(found.required, 0) as required,
            case
                when found.required > 0 and found.recorded in (0, found.required) and drawn.sampled < drawn.population
                    then exact_interval(found.equal_logs * found.recorded / found.required, found.equal_logs)
            end as bound
        from query_table(strata) as drawn
        left join found on drawn.sample_id = found.sample_id and drawn.stratum = found.stratum
    )

    select
        sample_id,
        stratum,
        population,  -- logs of the stratum
        sampled,  -- logs drawn
        held,  -- logs drawn that held a crime
        recorded,  -- k: crimes recorded
        required,  -- n: crimes that should have been recorded
        case when recorded > 0 then bound.lower end as at_least,  -- bound where no failure was found
        case when recorded = 0 then bound.upper end as at_most  -- bound where failures alone were found
    from cells;
