-- what: teams fairly compared. Each team's records are held against what would be expected of their mix: the force's
--   rate of every combination of offence group, domestic abuse and channel, applied to the team's own records (indirect
--   standardisation). Limits are exact binomial ones round the expected rate, interpolated between whole records
-- over-dispersion: where the sum of z² passes its 95% chi-square point, teams differ by more than chance and the mix,
--   and the limits are those of counted / dispersion records, dispersion being the mean of z² after winsorising. The
--   sum is that of z² as they are: chance alone takes it past the point in one chart of twenty. The sum of winsorised
--   ones passes it in 1 of 1,000 charts of 40 teams, and in half of those whose variance is twice what chance gives
-- chosen: rows with the columns every metric yields, other than an audited one; rows without a team have no place here
-- row: a team that the metric judges

-- the share of a chi-square distribution with df degrees of freedom below x: the power series of the incomplete gamma
-- function (DLMF 8.7.1), long enough for x up to 400; what lies above 400 is 1 for up to 200 teams
create or replace macro chi_square_below(x, df) as
case
    when x <= 0 then 0.0
    when x > 400 then 1.0
    else
        list_sum(list_transform(
            range(0, 800),
            lambda term: exp(-x / 2 + (df / 2 + term) * ln(x / 2) - lgamma(df / 2 + term + 1))
        ))
end;

-- the count out of n that is passed upwards with probability `tail` where each is met with probability p; n need not be
-- whole, and P(X >= k) is a share of the beta distribution. Its logarithm falls ever more steeply, so ten of Newton's
-- steps, each by the slope from k to k + 1, come within 0.01 of a record; never past n, which may be less rare
create or replace macro binomial_above(p, n, tail) as  -- noqa: PRS, sqlfluff reads no lambda of two names
case
    when p <= 0 then 0
    when p >= 1 then n
    else
        list_reduce(
            range(10),
            lambda k, step: list_transform(
                [greatest(1e-300, beta_below(p, k, n - k + 1))],
                lambda share: least(n, greatest(1e-3, k - ln(share / tail) / ln(greatest(1e-9, 1 - exp(
                    lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * ln(p) + (n - k) * ln(1 - p)
                ) / share))))
            )[1],
            cast(least(n, n * p + 2 * sqrt(n * p * (1 - p)) + 0.5) as double)
        )
end;

create or replace macro funnel(chosen) as table
    with cells as (
        select
            team_id,
            offence_group,
            is_domestic_abuse,
            channel,
            count_if(is_met) as met,
            count(*) as counted
        from query_table(chosen)
        where team_id is not null
        group by all
    ),

    expected_cells as (
        select
            *,
            -- a record without a group, a flag or a channel is one of those without
            counted * sum(met) over same_mix / sum(counted) over same_mix as expected
        from cells
        window same_mix as (partition by offence_group, is_domestic_abuse, channel)
    ),

    teams as (
        select
            team_id,
            sum(met) as met,
            sum(counted) as counted,
            sum(expected) as expected,
            sum(sum(met)) over () / sum(sum(counted)) over () as force_rate
        from expected_cells
        group by team_id
    ),

    scored as (
        select
            *,
            -- 0 and 1 but for rounding are 0 and 1
            least(1, greatest(0, round(expected / counted, 14))) as expected_rate,
            (met - expected) / nullif(sqrt(counted * expected_rate * (1 - expected_rate)), 0) as z
        from teams
    ),

    winsorised as (
        -- the lowest and the highest tenth of the scores count as the quantiles they lie beyond
        select
            *,
            least(greatest(z, quantile_cont(z, 0.1) over ()), quantile_cont(z, 0.9) over ()) as winsorised_z
        from scored
    ),

    dispersed as (
        select
            *,
            avg(winsorised_z ^ 2) over () as dispersion,
            -- the force's rate is made of the same teams, which takes one degree of freedom; limits are never narrowed
            coalesce(chi_square_below(sum(z ^ 2) over (), count(z) over () - 1) > 0.95 and dispersion > 1, false)
                as is_over_dispersed,
            counted / case when is_over_dispersed then dispersion else 1 end as effective
        from winsorised
    ),

    limits as (
        -- one reckoning for all four limits of a team; the lower ones are those of what does not meet the metric
        select
            dispersed.team_id,
            tail.per_cent,
            tail.is_upper,
            binomial_above(
                if(tail.is_upper, dispersed.expected_rate, 1 - dispersed.expected_rate),
                dispersed.effective,
                (100 - tail.per_cent) / 200
            ) / dispersed.effective as share
        from dispersed
        cross join (values (95.0, true), (95.0, false), (99.8, true), (99.8, false)) as tail (per_cent, is_upper)
    ),

    limits_of_team as (
        select
            team_id,
            max(share) filter (per_cent = 95.0 and is_upper) as upper_95,
            1 - max(share) filter (per_cent = 95.0 and not is_upper) as lower_95,
            max(share) filter (per_cent = 99.8 and is_upper) as upper_998,
            1 - max(share) filter (per_cent = 99.8 and not is_upper) as lower_998
        from limits
        group by team_id
    ),

    limited as (
        select
            dispersed.*,
            limits_of_team.* exclude (team_id),
            dispersed.force_rate / nullif(dispersed.expected_rate, 0) as to_force
        from dispersed
        inner join limits_of_team on dispersed.team_id = limits_of_team.team_id
    )

    select
        team_id,  -- the team the metric judges
        met,  -- records that meet the metric
        counted,  -- records counted
        met / counted as rate,  -- their share
        expected,  -- records that would meet it at the force's rate for each part of the team's mix
        expected_rate,  -- their share
        lower_95,  -- of teams no different from the force, 2.5% have a rate below this by chance
        upper_95,  -- and 2.5% one above this
        lower_998,  -- likewise 0.1%
        upper_998,  -- and 0.1%
        force_rate,  -- rate of all teams
        -- to draw teams of different mixes on one scale: the rate and its limits, were the team's mix the force's
        rate * to_force as standardised_rate,
        lower_95 * to_force as standardised_lower_95,
        upper_95 * to_force as standardised_upper_95,
        lower_998 * to_force as standardised_lower_998,
        upper_998 * to_force as standardised_upper_998,
        z,  -- met less expected, in standard errors
        dispersion,  -- mean of the squared z after winsorising a tenth at each end; 1 is chance alone
        is_over_dispersed,  -- whether teams differ by more than chance (95%): the limits are then at counted / dispersion
        -- the least difference of the rate that such a chart finds outside its 95% limits in four cases of five
        (1.959964 + 0.841621) * sqrt(expected_rate * (1 - expected_rate) / effective) as detectable,
        least(expected, counted - expected) < 5 as is_small,  -- fewer than five expected to meet it, or not to
        case
            when rate > upper_998 then 'above_998'
            when rate < lower_998 then 'below_998'
            when rate > upper_95 then 'above_95'
            when rate < lower_95 then 'below_95'
            else 'within'
        end as place  -- where the team lies: within the limits, or above or below those of 95% or 99.8%
    from limited
    order by team_id
