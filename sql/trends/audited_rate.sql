-- what: the audited rate twice: over the strata of the inspection scope, which is the headline and the only one
--   compared with the inspection, and over the whole frame, the strata that may hide crime included. A hidden-crime
--   stratum with fewer than 20 sampled logs that held a crime tells too little: then there is no whole-frame rate,
--   and hidden_strata gives its k, n and exact upper bound
-- logs: as ratio_estimate takes them; strata: likewise, with `may_hide`, whether the stratum is of logs that may hide
--   crime
-- row: a sample and `scope`, inspection or whole_frame, with the columns of ratio_estimate
create or replace macro hidden_strata(logs, strata, least_held := 20) as table
    with counted as (
        select
            drawn.sample_id,
            drawn.stratum,
            drawn.population,
            drawn.sampled,
            count(*) filter (marked.required > 0) as held
        from query_table(strata) as drawn
        left join query_table(logs) as marked
            on drawn.sample_id = marked.sample_id and drawn.stratum = marked.stratum
        where drawn.may_hide
        group by all
    )

    select
        sample_id,
        stratum,
        population,  -- logs of the stratum
        held,  -- k: sampled logs that held a crime
        sampled,  -- n: logs sampled
        exact_interval(held, sampled).upper as held_upper,  -- exact upper bound of the share of logs that hold a crime
        held >= least_held as is_enough  -- whether the stratum allows a whole-frame rate
    from counted;

create or replace macro audited_rate(logs, strata, least_required := 20, least_held := 20) as table
    with hidden as (
        select * from hidden_strata(logs, strata, least_held := least_held)
    ),

    scopes as (
        select unnest(['inspection', 'whole_frame']) as scope
    ),

    scoped_strata as (  -- noqa: ST03, ratio_estimate reads it by name
        select
            struct_pack(sample := sample_id, scope := 'inspection') as sample_id,
            stratum,
            population,
            sampled,
            null as withheld
        from query_table(strata)
        where not may_hide
        union all
        select
            struct_pack(sample := drawn.sample_id, scope := 'whole_frame') as sample_id,
            drawn.stratum,
            drawn.population,
            drawn.sampled,
            case
                when not bool_or(drawn.may_hide) over (partition by drawn.sample_id)
                    then 'no stratum of logs that may hide crime was drawn'
                when not hidden.is_enough
                    then format(
                            'stratum {}: {} of {} sampled logs held a crime, fewer than {}',
                            drawn.stratum, hidden.held, hidden.sampled, least_held
                        )
            end as withheld
        from query_table(strata) as drawn
        left join hidden on drawn.sample_id = hidden.sample_id and drawn.stratum = hidden.stratum
    ),

    scoped_logs as (  -- noqa: ST03, ratio_estimate reads it by name
        select
            struct_pack(sample := marked.sample_id, scope := scopes.scope) as sample_id,
            marked.stratum,
            marked.required,
            marked.recorded
        from query_table(logs) as marked
        cross join scopes
        left join query_table(strata) as drawn
            on marked.sample_id = drawn.sample_id and marked.stratum = drawn.stratum
        -- a log of no stratum stays, and is found at fault
        where scopes.scope = 'whole_frame' or not coalesce(drawn.may_hide, false)
    )

    select
        struct_extract(sample_id, 'sample') as sample_id,
        struct_extract(sample_id, 'scope') as scope,
        * exclude (sample_id)
    from ratio_estimate('scoped_logs', 'scoped_strata', least_required := least_required);
