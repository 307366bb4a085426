-- what: the audited rate of the four quarters that end with each quarter: one ratio over the cells of quarter and
--   stratum, each with its own N and n. A cell with fewer than two sampled logs shows no spread: it is merged with the
--   next quarter's cell of its stratum that has two, else with the last before it, and `merged` says so
-- logs: as ratio_estimate takes them; strata: likewise, with `quarter`, the first day of the quarter that the draw is
--   of, and optionally `may_hide`. A quarter has one draw. For the headline give the strata of the inspection scope
-- row: a quarter, with the columns of ratio_estimate; no rate before four quarters were audited. Rolling years
--   overlap: they are never charted by control limits. rolling_cells, rolling_strata and rolling_logs lay out the years
--   for estimates of scopes and parts; their sample_id is the first day of a year's last quarter
create or replace macro rolling_cells(strata) as table
    with drawn as (
        select cast(null as boolean) as may_hide
        where false
        union all by name
        select * from query_table(strata)
    ),

    ends as (
        select distinct quarter as last_quarter from drawn
    ),

    cells as (
        select
            ends.last_quarter,
            drawn.quarter,
            drawn.sample_id,
            drawn.stratum,
            drawn.may_hide,
            drawn.population,
            drawn.sampled,
            drawn.sampled < 2 and drawn.sampled < drawn.population as is_short
        from ends
        inner join drawn on ends.last_quarter >= drawn.quarter and ends.last_quarter < drawn.quarter + interval 1 year
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
    )

    select
        *,
        format('{} {}', stratum, strftime(cell_quarter, '%Y-%m')) as cell  -- stratum and quarter it is estimated in
    from merged_cells;

create or replace macro rolling_strata(strata) as table
    with cells as (
        select * from rolling_cells(strata)
    ),

    years as (
        select
            last_quarter,
            count(distinct quarter) as quarters,
            count(distinct quarter) filter (may_hide) as hidden_quarters,
            count(distinct sample_id) as draws
        from cells
        group by last_quarter
    )

    select
        cells.last_quarter as sample_id,
        cells.cell as stratum,
        cells.stratum as drawn_stratum,
        bool_or(cells.may_hide) as may_hide,
        sum(cells.population) as population,
        sum(cells.sampled) as sampled,
        years.quarters,
        string_agg(
            format(
                '{} of {} ({} {}) with {}',
                cells.stratum, strftime(cells.quarter, '%Y-%m'), cells.sampled, if(cells.sampled = 1, 'log', 'logs'),
                strftime(cells.cell_quarter, '%Y-%m')
            ),
            '; ' order by cells.stratum, cells.quarter
        ) filter (cells.quarter <> cells.cell_quarter) as merged,
        case
            when years.draws > years.quarters then 'a quarter has more than one draw'
            when years.quarters < 4 then format('{} of 4 quarters audited', years.quarters)
            when bool_or(cells.may_hide) and years.hidden_quarters < 4
                then format('logs that may hide crime were audited in {} of 4 quarters', years.hidden_quarters)
        end as withheld
    from cells
    inner join years on cells.last_quarter = years.last_quarter
    group by
        cells.last_quarter, cells.cell, cells.stratum, years.quarters, years.hidden_quarters, years.draws;

create or replace macro rolling_logs(logs, strata) as table
    with cells as (
        select * from rolling_cells(strata)
    ),

    samples_of_year as (
        select distinct
            last_quarter,
            sample_id
        from cells
    )

    select
        marked.* exclude (sample_id, stratum),
        samples_of_year.last_quarter as sample_id,
        marked.stratum as drawn_stratum,
        -- a log of no cell stays, and is found at fault
        coalesce(cells.cell, marked.stratum) as stratum
    from query_table(logs) as marked
    inner join samples_of_year on marked.sample_id = samples_of_year.sample_id
    left join cells
        on
            samples_of_year.last_quarter = cells.last_quarter
            and marked.sample_id = cells.sample_id
            and marked.stratum = cells.stratum;

create or replace macro rolling_year(logs, strata, least_required := 20) as table
    with year_strata as (
        select * from rolling_strata(strata)
    ),

    year_logs as (  -- noqa: ST03, ratio_estimate reads it by name
        select * from rolling_logs(logs, strata)
    ),

    merged_of_year as (
        select
            sample_id,
            any_value(quarters) as quarters,
            string_agg(merged, '; ' order by stratum) as merged
        from year_strata
        group by sample_id
    )

    select
        estimates.sample_id as quarter,  -- first day of the last of the four quarters
        merged_of_year.quarters,  -- quarters audited of the four
        merged_of_year.merged,  -- cells merged with another quarter's; empty where none was
        estimates.* exclude (sample_id)
    from ratio_estimate('year_logs', 'year_strata', least_required := least_required) as estimates
    inner join merged_of_year on estimates.sample_id = merged_of_year.sample_id;
