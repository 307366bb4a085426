-- what: how many logs to draw for a wanted half-width of the 95% interval of the inspection scope's rate, and what more
--   would buy. In a stratum with c crimes a log, a share p of them recorded, a log has variance V = deff·c·p·(1 - p),
--   and SE² = sum N²·(1 - n/N)·V/n / (sum N·c)². Where p and c are alike in all strata this is the formula for crimes:
--   n0 = deff · 1.96²·p·(1 - p)/e², n = n0 / (1 + n0 / crimes of the frame), and logs = crimes / c
-- allocation: proportional to N (each next log to the stratum of the highest N / (2n + 1)), or Neyman's, to N·sqrt(V)
--   (to that of the highest N·sqrt(V / (n·(n + 1))), which is the best there is at any total: Wright); in both at least
--   two logs of each stratum, and no more than it has
-- prior: one row a stratum of the frame, such as audit_prior yields
-- row: of audit_plan an allocation and stratum, of audit_path and audit_steps an allocation and number of logs
create or replace macro audit_path(prior) as table
    with strata as (
        select
            stratum,
            population,
            crimes_per_log,
            least(2, population) as least_logs,
            design_effect * crimes_per_log * rate * (1 - rate) as log_variance
        from query_table(prior)
        where not may_hide and population > 0
    ),

    frame as (
        select
            sum(population * crimes_per_log) as crimes_of_frame,
            sum(least_logs) as least_logs,
            sum(least_logs * crimes_per_log) as least_crimes,
            sum(population * log_variance * (population / least_logs - 1)) as most_variance
        from strata
    ),

    next_logs as (
        select
            stratum,
            crimes_per_log,
            log_variance,
            population,
            unnest(range(least_logs + 1, population + 1)) as log_number
        from strata
    ),

    worth as (
        select
            stratum,
            log_number,
            crimes_per_log,
            unnest(['proportional', 'neyman']) as allocation,
            unnest(
                [
                    population / (2 * log_number - 1),
                    population * sqrt(log_variance / (log_number * (log_number - 1)))
                ]
            ) as priority,
            population ^ 2 * log_variance / (log_number * (log_number - 1)) as gained_variance
        from next_logs
    ),

    drawn as (
        select
            worth.allocation,
            worth.stratum,
            frame.crimes_of_frame,
            frame.least_logs + row_number() over in_order as logs,
            frame.least_crimes + sum(worth.crimes_per_log) over in_order as crimes,
            frame.most_variance - sum(worth.gained_variance) over in_order as variance
        from worth
        cross join frame
        window
            in_order as (
                partition by worth.allocation
                order by worth.priority desc, worth.stratum asc, worth.log_number asc
                rows unbounded preceding
            )
        union all
        select
            unnest(['proportional', 'neyman']) as allocation,
            null as stratum,
            crimes_of_frame,
            least_logs as logs,
            least_crimes as crimes,
            most_variance as variance
        from frame
    )

    select
        allocation,
        logs,  -- logs drawn in all
        stratum,  -- stratum that the last of them is drawn from; empty at the start, with two logs of each
        crimes,  -- crimes expected among them
        z_quantile() * sqrt(greatest(variance, 0)) / crimes_of_frame as half_width  -- what is then to be expected
    from drawn;

create or replace macro audit_plan(prior, wanted_half_width) as table
    with path as (
        select * from audit_path(prior)
    ),

    needed as (
        select
            allocation,
            min(logs) filter (half_width <= wanted_half_width) as logs
        from path
        group by allocation
    ),

    shares as (
        select
            path.allocation,
            path.stratum,
            count(*) as further_logs
        from path
        inner join needed on path.allocation = needed.allocation
        where path.logs <= needed.logs and path.stratum is not null
        group by path.allocation, path.stratum
    )

    select
        needed.allocation,  -- proportional to the strata, or Neyman's, which needs the fewest logs
        strata.stratum,
        strata.may_hide,
        strata.population,  -- logs of the stratum, N
        strata.crimes_per_log,
        strata.rate,
        strata.design_effect,
        strata.basis,
        case
            when not strata.may_hide then least(2, strata.population) + coalesce(shares.further_logs, 0)
            -- 20 that held a crime, in nine draws of ten
            else
                least(
                    strata.population,
                    ceil(((1.2816 + sqrt(1.2816 ^ 2 + 4 * 20)) / 2) ^ 2 / nullif(strata.held_share, 0))
                )
        end as logs,  -- logs to draw; of hidden crime as many as find 20 logs that held one, in nine draws of ten
        case
            when not strata.may_hide
                then (least(2, strata.population) + coalesce(shares.further_logs, 0)) * strata.crimes_per_log
        end as crimes  -- crimes expected among them
    from needed
    cross join query_table(prior) as strata
    left join shares on needed.allocation = shares.allocation and strata.stratum = shares.stratum
    where strata.population > 0;

create or replace macro audit_steps(prior, wanted_half_width, step := 50, steps := 6) as table
    with path as (
        select * from audit_path(prior)
    ),

    needed as (
        select
            allocation,
            min(logs) filter (half_width <= wanted_half_width) as logs,
            max(logs) as most_logs
        from path
        group by allocation
    ),

    totals as (
        select
            allocation,
            unnest(list_distinct([least(logs + step * place, most_logs) for place in range(0, steps + 1)])) as logs
        from needed
    )

    select
        path.allocation,
        path.logs,  -- logs drawn in all: what the half-width wanted needs, and more
        path.crimes,  -- crimes expected among them
        path.half_width,  -- half-width to be expected
        lag(path.half_width) over (partition by path.allocation order by path.logs) - path.half_width
            as gain  -- what the last step buys
    from totals
    inner join path on totals.allocation = path.allocation and totals.logs = path.logs;
