-- what: the audited rate of parts of the crimes (violence, domestic abuse, ...) by the auditor's class and verdict. A
--   domain is not a sample of its own: every log, n and N are kept, and a log has x = y = 0 but for its crimes inside
-- logs: one row a sampled log, with `sample_id`, `stratum`, `incident_id`; strata: as ratio_estimate takes them
-- crimes: one row a required crime and domain it belongs to, with `sample_id`, `incident_id`, `domain`, `is_recorded`
-- domains: one row a domain wanted, with `domain`; one without a crime in the sample has its row and reason too
-- row: a sample and domain, with the columns of ratio_estimate
create or replace macro ratio_by_domain(logs, strata, crimes, domains, least_required := 20) as table
    with found as (
        select
            sample_id,
            incident_id,
            domain,
            count(*) as required,
            -- a crime without a verdict leaves its log unmarked
            case when count(is_recorded) = count(*) then count(*) filter (is_recorded) end as recorded
        from query_table(crimes)
        group by sample_id, incident_id, domain
    ),

    domain_logs as (  -- noqa: ST03, ratio_estimate reads it by name
        select
            struct_pack(sample := all_logs.sample_id, domain := wanted.domain) as sample_id,
            all_logs.stratum,
            coalesce(found.required, 0) as required,
            case when found.incident_id is null then 0 else found.recorded end as recorded
        from query_table(logs) as all_logs
        cross join query_table(domains) as wanted
        left join found
            on
                all_logs.sample_id = found.sample_id
                and all_logs.incident_id = found.incident_id
                and wanted.domain = found.domain
    ),

    domain_strata as (  -- noqa: ST03, ratio_estimate reads it by name
        select
            drawn.* exclude (sample_id),
            struct_pack(sample := drawn.sample_id, domain := wanted.domain) as sample_id
        from query_table(strata) as drawn
        cross join query_table(domains) as wanted
    )

    select
        struct_extract(sample_id, 'sample') as sample_id,
        struct_extract(sample_id, 'domain') as domain,
        * exclude (sample_id)
    from ratio_estimate('domain_logs', 'domain_strata', least_required := least_required);
