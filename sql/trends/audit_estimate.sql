-- what: the audited recording rate: by draw and by rolling year of four quarters; of the inspection scope, which is the
--   headline and the only one compared with the inspection, and of the whole frame; of all crime and of its parts by
--   the auditor's class and verdict
-- row: a draw or a rolling year, a scope and a domain, with the columns of the macro ratio_estimate. In a rolling year
--   the crimes found among logs that may hide crime are counted over its four quarters
with drawn_strata as (
    select
        strata.sample_id,
        strata.stratum,
        strata.may_hide,
        strata.population,
        strata.sampled,
        audit_sample.quarter,
        case when not exists (select 1 from fact_crime) then 'no crime was delivered to match with' end as withheld
    from loaded.audit_stratum as strata
    inner join audit_sample on strata.sample_id = audit_sample.sample_id
),

marked_logs as (
    select
        sample_id,
        stratum,
        audit_log_id as incident_id,
        required
    from fact_audit_log
    where is_marked
),

year_strata as (
    select
        * exclude (sample_id),
        struct_pack(
            kind := 'rolling_year', id := format('{}-Q{} year', year(sample_id), quarter(sample_id))
        ) as sample_id
    from rolling_strata('drawn_strata')
),

period_strata as (
    select
        struct_pack(kind := 'sample', id := sample_id) as sample_id,
        stratum,
        stratum as drawn_stratum,
        may_hide,
        population,
        sampled,
        cast(null as varchar) as merged,
        withheld
    from drawn_strata
    union all by name
    select * exclude (quarters)
    from year_strata
),

period_logs as (
    select
        struct_pack(kind := 'sample', id := sample_id) as sample_id,
        stratum,
        stratum as drawn_stratum,
        incident_id,
        required
    from marked_logs
    union all by name
    select
        * exclude (sample_id),
        struct_pack(
            kind := 'rolling_year', id := format('{}-Q{} year', year(sample_id), quarter(sample_id))
        ) as sample_id
    from rolling_logs('marked_logs', 'drawn_strata')
),

frame_strata as (  -- noqa: ST03, hidden_strata reads it by name
    select
        sample_id,
        drawn_stratum as stratum,
        bool_or(may_hide) as may_hide,
        sum(population) as population,
        sum(sampled) as sampled
    from period_strata
    group by sample_id, drawn_stratum
),

frame_logs as (  -- noqa: ST03, hidden_strata reads it by name
    select
        * exclude (stratum, drawn_stratum),
        drawn_stratum as stratum
    from period_logs
),

hidden as (  -- noqa: ST03, strata_by_scope reads it by name
    select * from hidden_strata('frame_logs', 'frame_strata')
),

scoped_strata as (  -- noqa: ST03, ratio_by_domain reads it by name
    select * from strata_by_scope('period_strata', 'hidden')
),

scoped_logs as (
    select * from logs_by_scope('period_logs', 'period_strata')
),

found as (
    select
        sample_id || ' ' || incident_id as incident_id,
        is_recorded,
        unnest(['all', measure, if(is_domestic_abuse, 'domestic_abuse', null), focus_group]) as domain
    from fact_audit_crime
),

scoped_crimes as (  -- noqa: ST03, ratio_by_domain reads it by name
    select
        scoped_logs.sample_id,
        scoped_logs.incident_id,
        found.domain,
        found.is_recorded
    from scoped_logs
    inner join found on scoped_logs.incident_id = found.incident_id
    where found.domain is not null
),

domains as (  -- noqa: ST03, ratio_by_domain reads it by name
    select unnest(['all', 'violence', 'sexual', 'other', 'domestic_abuse']) as domain
    union all
    select distinct focus_group as domain
    from ref_offence_class
    where focus_group is not null
),

estimates as (
    select
        * exclude (sample_id),
        struct_extract(struct_extract(sample_id, 'sample'), 'kind') as period_kind,
        struct_extract(struct_extract(sample_id, 'sample'), 'id') as period_id,
        struct_extract(sample_id, 'scope') as scope
    from ratio_by_domain('scoped_logs', 'scoped_strata', 'scoped_crimes', 'domains')
),

periods as (
    select
        'sample' as period_kind,
        sample_id as period_id,
        quarter,
        period_from,
        period_to,
        is_signed
    from audit_sample
    union all
    select
        'rolling_year' as period_kind,
        format('{}-Q{} year', year(ends.quarter), quarter(ends.quarter)) as period_id,
        ends.quarter,
        min(draws.period_from) as period_from,
        max(draws.period_to) as period_to,
        bool_and(draws.is_signed) as is_signed
    from audit_sample as ends
    inner join audit_sample as draws
        on ends.quarter >= draws.quarter and ends.quarter < draws.quarter + interval 1 year
    group by ends.quarter
),

cells_merged as (
    select
        struct_extract(sample_id, 'kind') as period_kind,
        struct_extract(sample_id, 'id') as period_id,
        string_agg(merged, '; ' order by stratum) filter (not may_hide) as in_scope,
        string_agg(merged, '; ' order by stratum) as in_frame
    from period_strata
    group by sample_id
)

select
    estimates.period_kind,  -- sample: one draw; rolling_year: the four quarters that end with the quarter
    estimates.period_id,  -- the draw, or the year such as `2019-Q2 year`
    periods.quarter,  -- first day of the quarter drawn from, or of the year's last
    periods.period_from,  -- first day drawn from
    periods.period_to,  -- last day drawn from
    estimates.scope,  -- inspection: the headline; whole_frame: with the logs that may hide crime
    estimates.domain,  -- all, violence, sexual, other, domestic_abuse or a focus group, by the auditor
    estimates.recorded,  -- k: required crimes of the sample that were recorded
    estimates.required,  -- n: crimes of the sample that should have been recorded
    estimates.ratio,  -- share of crimes recorded, from 0 to 1; empty where `reason` says why
    estimates.lower,  -- lower end of its 95% interval
    estimates.upper,  -- upper end of its 95% interval
    estimates.default_interval,  -- which interval that is: logit, bound (no failure, or nothing but), census, none
    estimates.standard_error,  -- standard error of the ratio
    estimates.degrees,  -- degrees of freedom: logs less strata
    estimates.t,  -- t value that 97.5% lies below
    estimates.plain_lower,  -- lower end of ratio ± t errors
    estimates.plain_upper,  -- upper end of ratio ± t errors
    estimates.logit_lower,  -- lower end of the interval on the scale of ln(R / (1 - R))
    estimates.logit_upper,  -- upper end of the interval on the scale of ln(R / (1 - R))
    estimates.design_effect,  -- variance beside that of as many crimes drawn one by one
    estimates.population,  -- logs of the strata, N
    estimates.sampled,  -- logs drawn, n
    estimates.stratum_count,  -- strata, H
    estimates.without_failure,  -- strata without a failure found: no certainty, see audit_stratum_result
    if(estimates.scope = 'inspection', cells_merged.in_scope, cells_merged.in_frame)
        as merged,  -- cells of one log, merged with another quarter's
    estimates.reason,  -- why there is no rate
    if(periods.is_signed, 'signed', 'provisional') as status  -- provisional until every draw is signed
from estimates
inner join periods on estimates.period_kind = periods.period_kind and estimates.period_id = periods.period_id
inner join cells_merged
    on estimates.period_kind = cells_merged.period_kind and estimates.period_id = cells_merged.period_id
order by all
