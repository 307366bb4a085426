-- what: the audited rate twice: over the strata of the inspection scope, which is the headline and the only one
--   compared with the inspection, and over the whole frame, the strata that may hide crime included. A hidden-crime
--   stratum with fewer than 20 sampled logs that held a crime tells too little: then there is no whole-frame rate,
--   and hidden_strata gives its k, n and exact upper bound
-- logs: as ratio_estimate takes them; strata: likewise, with `may_hide`, whether the stratum is of logs that may hide
--   crime
-- hidden: rows of hidden_strata
-- row: a sample and `scope`, inspection or whole_frame, with the columns of ratio_estimate. Where rates of parts are
--   made (ratio_by_domain), logs_by_scope and strata_by_scope give its input: a sample_id of `sample` and `scope`
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
        where drawn.may_hide and drawn.population > 0
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

create or replace macro strata_by_scope(strata, hidden) as table
    with drawn as (
        select cast(null as varchar) as withheld
        where false
        union all by name
        select * from query_table(strata)
    ),

    frames as (
        select
            sample_id,
            string_agg(
                format('stratum {}: {} of {} sampled logs held a crime, too few', stratum, held, sampled),
                '; ' order by stratum
            ) filter (not is_enough) as withheld
        from query_table(hidden)
        group by sample_id
    )

    select
        struct_pack(sample := sample_id, scope := 'inspection') as sample_id,
        stratum,
        population,
        sampled,
        withheld
    from drawn
    where not may_hide
    union all
    select
        struct_pack(sample := drawn.sample_id, scope := 'whole_frame') as sample_id,
        drawn.stratum,
        drawn.population,
        drawn.sampled,
        coalesce(
            drawn.withheld,
            if(frames.sample_id is null, 'no stratum of logs that may hide crime was drawn', frames.withheld)
        ) as withheld
    from drawn
    left join frames on drawn.sample_id = frames.sample_id;

create or replace macro logs_by_scope(logs, strata) as table
    with scopes as (
        select unnest(['inspection', 'whole_frame']) as scope
    )

    select
        marked.* exclude (sample_id),
        struct_pack(sample := marked.sample_id, scope := scopes.scope) as sample_id
    from query_table(logs) as marked
    cross join scopes
    left join query_table(strata) as drawn
        on marked.sample_id = drawn.sample_id and marked.stratum = drawn.stratum
    -- a log of no stratum stays, and is found at fault
    where scopes.scope = 'whole_frame' or not coalesce(drawn.may_hide, false);

create or replace macro audited_rate(logs, strata, least_required := 20, least_held := 20) as table
    with hidden as (  -- noqa: ST03, strata_by_scope reads it by name
        select * from hidden_strata(logs, strata, least_held := least_held)
    ),

    scoped_strata as (  -- noqa: ST03, ratio_estimate reads it by name
        select * from strata_by_scope(strata, 'hidden')
    ),

    scoped_logs as (  -- noqa: ST03, ratio_estimate reads it by name
        select * from logs_by_scope(logs, strata)
    )

    select
        struct_extract(sample_id, 'sample') as sample_id,
        struct_extract(sample_id, 'scope') as scope,
        * exclude (sample_id)
    from ratio_estimate('scoped_logs', 'scoped_strata', least_required := least_required);
