-- what: the audited recording rate: the combined ratio of crimes recorded to crimes that should have been, estimated
--   over logs drawn at random within strata, with its standard error and 95% interval
--   R = sum N·mean(y) / sum N·mean(x);  SE = sqrt(sum N²·(1 - n/N)·s²(y - R·x)/n) / sum N·mean(x);  t on n - H degrees
-- logs: one row a sampled log, with `sample_id`, `stratum`, `required` (x, crimes that should have been recorded) and
--   `recorded` (y, those of them that were); a log that held no crime has x = y = 0 and is there all the same
-- strata: one row a stratum of the draw, with `sample_id`, `stratum`, `population` (N), `sampled` (n), and optionally
--   `withheld`, a reason for which the sample gets no rate
-- any_ratio: for a ratio of any two quantities; of crimes, a log's surplus must not make up for another's miss
-- row: a sample. Where `reason` says why there is no rate, every figure made of it is null; k (`recorded`) and n
--   (`required`) of the sample are given always
-- intervals: `plain`, R ± t·SE, and `logit`, the same on the scale of ln(R / (1 - R)). Logit is the default (`lower`,
--   `upper`): near 1 the plain one is too short below and passes 1 above. In tests/benchmarks/coverage.py, at a true
--   98% and 150 logs, logit held the truth in 97% of 4,000 draws and plain in 93%; over a frame with strata of rare
--   crime in 95% and 89%. Where no failure was found, or nothing but failures, or SE is 0, that is no certainty: the
--   interval is then `bound`, the exact one for as many equally weighted logs as tell as much, (sum w·x)² / sum
--   (w·x)² with w = N / n. A sample that is the whole population has no error: `census`
create or replace macro ratio_estimate(logs, strata, least_required := 20, any_ratio := false) as table
    with drawn as (
        select cast(null as varchar) as withheld
        where false
        union all by name
        select * from query_table(strata)
    ),

    marked as (
        select
            sample_id,
            stratum,
            count(required + recorded) as marked_logs,
            count(*) filter (recorded > required or required < 0 or recorded < 0) as surplus_logs,
            sum(required) as required,
            sum(recorded) as recorded
        from query_table(logs)
        group by sample_id, stratum
    ),

    cells as (
        select
            coalesce(drawn.sample_id, marked.sample_id) as sample_id,
            coalesce(drawn.stratum, marked.stratum) as stratum,
            drawn.population,
            drawn.sampled,
            coalesce(marked.required, 0) as required,
            coalesce(marked.recorded, 0) as recorded,
            drawn.population / nullif(drawn.sampled, 0) as weight,
            case
                when drawn.sampled is null or drawn.population is null
                    then format('stratum {} of the logs is not in the draw', marked.stratum)
                when count(*) over (partition by drawn.sample_id, drawn.stratum) > 1
                    then format('stratum {} is in the draw twice', drawn.stratum)
                when drawn.sampled > drawn.population
                    then format('stratum {} has {} logs, and {} drawn', drawn.stratum, drawn.population, drawn.sampled)
                when coalesce(marked.marked_logs, 0) <> drawn.sampled
                    then format(
                            'stratum {} has {} logs drawn and {} marked',
                            drawn.stratum, drawn.sampled, coalesce(marked.marked_logs, 0)
                        )
                when marked.surplus_logs > 0 and not any_ratio
                    then format(
                            'stratum {} has {} logs with more crimes recorded than required, or fewer than none',
                            drawn.stratum, marked.surplus_logs
                        )
                when drawn.sampled = 0
                    then format('stratum {} has no sampled log', drawn.stratum)
                when drawn.sampled = 1 and drawn.population > 1
                    then format('stratum {} has one sampled log, which shows no spread: merge it', drawn.stratum)
                else drawn.withheld
            end as fault
        from drawn
        full join marked on drawn.sample_id = marked.sample_id and drawn.stratum = marked.stratum
        -- an empty stratum is no stratum
        where coalesce(drawn.population, 1) > 0 or marked.sample_id is not null
    ),

    totals_of_sample as (
        select
            sample_id,
            sum(population) as population,
            sum(sampled) as sampled,
            count(*) as stratum_count,
            sum(required) as required,
            sum(recorded) as recorded,
            sum(weight * required order by stratum) as estimated_required,
            sum(weight * recorded order by stratum) / nullif(estimated_required, 0) as ratio,
            bool_and(sampled = population) as is_census,
            string_agg(stratum, ', ' order by stratum) filter (required > 0 and recorded = required) as without_failure,
            string_agg(distinct fault, '; ' order by fault) as faults
        from cells
        group by sample_id
    ),

    spread as (
        -- residuals d = y - R·x of every log, those without a crime too
        select
            logs_of_sample.sample_id,
            logs_of_sample.stratum,
            var_samp(logs_of_sample.recorded - totals_of_sample.ratio * logs_of_sample.required) as residual_variance,
            sum(cast(logs_of_sample.required as double) ^ 2) as required_squares
        from query_table(logs) as logs_of_sample
        inner join totals_of_sample on logs_of_sample.sample_id = totals_of_sample.sample_id
        group by logs_of_sample.sample_id, logs_of_sample.stratum
    ),

    errors as (
        select
            cells.sample_id,
            sqrt(
                sum(
                    case
                        when cells.sampled = cells.population then 0
                        else
                            cells.population ^ 2 * (1 - cells.sampled / cells.population)
                            * spread.residual_variance / cells.sampled
                    end
                    order by cells.stratum
                )
            ) as total_error,
            sum(cells.weight ^ 2 * spread.required_squares order by cells.stratum) as weighted_squares
        from cells
        inner join spread on cells.sample_id = spread.sample_id and cells.stratum = spread.stratum
        group by cells.sample_id
    ),

    estimates as (
        select
            totals_of_sample.*,
            errors.total_error / nullif(totals_of_sample.estimated_required, 0) as standard_error,
            totals_of_sample.estimated_required ^ 2 / nullif(errors.weighted_squares, 0) as equal_logs,
            totals_of_sample.sampled - totals_of_sample.stratum_count as degrees,
            coalesce(
                totals_of_sample.faults,
                case
                    when totals_of_sample.required < least_required
                        then format(
                                '{} of {} crimes: fewer than {} are too few for a rate',
                                totals_of_sample.recorded, totals_of_sample.required, least_required
                            )
                    when totals_of_sample.ratio is null then 'no crime should have been recorded in the sample'
                end
            ) as reason
        from totals_of_sample
        left join errors on totals_of_sample.sample_id = errors.sample_id
    ),

    published as (
        select
            * exclude (ratio, standard_error),
            case when reason is null then ratio end as ratio,
            case when reason is null then standard_error end as standard_error
        from estimates
    ),

    t_values as (
        select
            degrees,
            t_quantile(degrees) as t
        from (
            select distinct published.degrees from published
            where published.ratio is not null
        ) as distinct_degrees
    ),

    named as (
        select
            published.*,
            t_values.t,
            case
                when published.ratio is null then null
                when published.is_census then 'census'
                when published.standard_error > 0 and published.ratio > 0 and published.ratio < 1 then 'logit'
                when published.ratio between 0 and 1 then 'bound'
                else 'none'
            end as default_interval
        from published
        left join t_values on published.degrees = t_values.degrees
    ),

    reached as (
        select
            *,
            case when default_interval = 'logit' then ln(ratio / (1 - ratio)) end as log_odds,
            case when default_interval = 'logit' then t * standard_error / (ratio * (1 - ratio)) end as log_odds_reach,
            case when default_interval = 'bound' then exact_interval(ratio * equal_logs, equal_logs) end as bound
        from named
    )

    select
        sample_id,
        population,  -- logs of the sample's strata, N
        sampled,  -- logs drawn, n
        stratum_count,  -- strata, H
        recorded,  -- k: required crimes of the sample that were recorded
        required,  -- n: crimes of the sample that should have been recorded
        ratio,  -- R, the share of crimes recorded; a share from 0 to 1, as are its error and ends
        standard_error,
        degrees,  -- degrees of freedom, n - H
        t,
        case when default_interval <> 'bound' then ratio - t * standard_error end as plain_lower,
        case when default_interval <> 'bound' then ratio + t * standard_error end as plain_upper,
        1 / (1 + exp(log_odds_reach - log_odds)) as logit_lower,
        1 / (1 + exp(-log_odds_reach - log_odds)) as logit_upper,
        default_interval,  -- which interval `lower` and `upper` are: logit, bound or census; none of a ratio above 1
        case default_interval
            when 'logit' then 1 / (1 + exp(log_odds_reach - log_odds))
            when 'bound' then bound.lower
            when 'census' then ratio
        end as lower,
        case default_interval
            when 'logit' then 1 / (1 + exp(-log_odds_reach - log_odds))
            when 'bound' then bound.upper
            when 'census' then ratio
        end as upper,
        -- variance beside that of as many crimes drawn one by one at the same sampling fraction
        standard_error ^ 2 * required / nullif((1 - sampled / population) * ratio * (1 - ratio), 0) as design_effect,
        without_failure,  -- strata with required crimes, all recorded: no certainty, see ratio_by_stratum
        reason  -- why there is no rate
    from reached;
