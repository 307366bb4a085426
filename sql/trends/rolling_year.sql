-- what: the audited rate of the four quarters that end with each quarter: one ratio over the cells of quarter and
--   stratum, each with its own N and n. A cell with fewer than two sampled logs shows no spread: it is merged with the
--   next quarter's cell of its stratum that has two, else with the last before it, and `merged` says so
-- logs: as ratio_estimate takes them; strata: likewise, with `quarter`, the first day of the quarter that the draw is
--   of. A quarter has one draw. For the headline give the strata of the inspection scope alone
-- row: a quarter, with the columns of ratio_estimate; no rate before four quarters were audited. Rolling years
--   overlap: they are never charted by control limits
create or replace macro rolling_year(logs, strata, least_required := 20) as table
    with ends as (
        select distinct quarter as last_quarter from query_table(strata)
    ),

    cells as (
        select
            ends.last_quarter,
            drawn.quarter,
            drawn.sample_id,
            drawn.stratum,
            drawn.population,
            drawn.sampled,
            drawn.sampled < 2 and drawn.sampled < drawn.population as is_short
        from ends
        inner join query_table(strata) as drawn
            on ends.last_quarter >= drawn.quarter and ends.last_quarter < drawn.quarter + interval 1 year
        where drawn.population > 0
    ),

    merged_cells as (
        select
            *,
            case
                when is_short
                    then coalesce(
                            min(quarter) filter (sampled >= 2)
                                over (by_quarter rows between current row and unbounded following),
                            max(quarter) filter (sampled >= 2)
                                over (by_quarter rows between unbounded preceding and current row),
                            min(quarter) over (partition by last_quarter, stratum)
                        )
                else quarter
            end as cell_quarter
        from cells
        window by_quarter as (partition by last_quarter, stratum order by quarter)
    ),

    placed_cells as (
        select
            last_quarter as sample_id,
            format('{} {}', stratum, strftime(cell_quarter, '%Y-%m')) as stratum,
            sum(population) as population,
            sum(sampled) as sampled
        from merged_cells
        group by all
    ),

    quarters_of_year as (
        select
            last_quarter,
            count(distinct quarter) as quarters,
            count(distinct sample_id) as draws,
            string_agg(
                format(
                    '{} of {} ({} logs) with {}',
                    stratum, strftime(quarter, '%Y-%m'), sampled, strftime(cell_quarter, '%Y-%m')
                ),
                '; ' order by stratum, quarter
            ) filter (quarter <> cell_quarter) as merged
        from merged_cells
        group by last_quarter
    ),

    year_strata as (  -- noqa: ST03, ratio_estimate reads it by name
        select
            placed_cells.*,
            case
                when quarters_of_year.draws > quarters_of_year.quarters then 'a quarter has more than one draw'
                when quarters_of_year.quarters < 4 then format('{} of 4 quarters audited', quarters_of_year.quarters)
            end as withheld
        from placed_cells
        inner join quarters_of_year on placed_cells.sample_id = quarters_of_year.last_quarter
    ),

    samples_of_year as (
        select distinct
            last_quarter,
            sample_id
        from merged_cells
    ),

    year_logs as (  -- noqa: ST03, ratio_estimate reads it by name
        select
            samples_of_year.last_quarter as sample_id,
            -- a log of no cell stays, and is found at fault
            coalesce(
                format('{} {}', merged_cells.stratum, strftime(merged_cells.cell_quarter, '%Y-%m')), marked.stratum
            ) as stratum,
            marked.required,
            marked.recorded
        from query_table(logs) as marked
        inner join samples_of_year on marked.sample_id = samples_of_year.sample_id
        left join merged_cells
            on
                samples_of_year.last_quarter = merged_cells.last_quarter
                and marked.sample_id = merged_cells.sample_id
                and marked.stratum = merged_cells.stratum
    )

    select
        estimates.sample_id as quarter,  -- first day of the last of the four quarters
        quarters_of_year.quarters,  -- quarters audited of the four
        quarters_of_year.merged,  -- cells merged with another quarter's; empty where none was
        estimates.* exclude (sample_id)
    from ratio_estimate('year_logs', 'year_strata', least_required := least_required) as estimates
    inner join quarters_of_year on estimates.sample_id = quarters_of_year.last_quarter;
