-- what: what a draw of the days given may count on in each stratum: from the last audit that has a rate; else from the
--   crimes recorded from the logs and the force's last inspection
-- row: a stratum of the frame
create or replace macro audit_prior(
    first_day, last_day, estimates := 'audit_estimate', results := 'audit_stratum_result'
) as table
    with last_audit as (
        select
            period_id as sample_id,
            ratio,
            design_effect
        from query_table(estimates)
        where period_kind = 'sample' and scope = 'inspection' and domain = 'all' and ratio is not null
        order by quarter desc, period_id desc
        limit 1
    ),

    inspected as (
        select
            coalesce(
                (select ratio from last_audit),
                arg_max(rate_pct, published) / 100,
                -- the most demanding
                0.5
            ) as rate,
            coalesce((select design_effect from last_audit), 1) as design_effect
        from ref_inspection_baseline
        where is_own_force and measure = 'all' and half_width_points is not null
    ),

    strata as (
        select
            stratum,
            bool_or(may_hide) as may_hide,
            count(*) as population,
            sum(own_crime_count) / count(*) as recorded_per_log,
            count(*) filter (own_crime_count > 0) / count(*) as recorded_share
        from audit_frame(first_day, last_day)
        group by stratum
    )

    select
        strata.stratum,
        strata.may_hide,
        strata.population,  -- logs of the stratum, N
        case
            when found.sampled > 0 then found.required / found.sampled
            else strata.recorded_per_log / nullif(inspected.rate, 0)
        end as crimes_per_log,  -- crimes that should have been recorded
        case
            when found.sampled > 0 then found.held / found.sampled
            else least(1, strata.recorded_share / nullif(inspected.rate, 0))
        end as held_share,  -- share of logs that hold a crime
        -- a few crimes of one stratum are no rate of their own
        if(found.required >= 20, (found.recorded + 1) / (found.required + 2), inspected.rate) as rate,
        inspected.design_effect,  -- of the last audit; 1 where there is none
        coalesce(found.sample_id, 'recorded crimes and the last inspection') as basis  -- where crimes_per_log is from
    from strata
    cross join inspected
    left join query_table(results) as found
        on strata.stratum = found.stratum and found.sample_id = (select sample_id from last_audit);
