-- what: the settled periods of series, marked where an analyst has declared that a series starts anew: `rebased_on`
--   lists the first days of such periods. A rebase takes effect at the first settled period from it on; before the
--   second period of its series it has nothing to part
-- row: a settled period of a series
create or replace macro rebased(periods) as table
    select
        *,
        -- whether a mean and limits of its own begin with the period
        len(list_filter(rebased_on, lambda declared: declared <= period_start)) > len(list_filter(
            rebased_on,
            lambda declared: declared <= coalesce(
                lag(period_start) over (partition by slice order by period_start), period_start
            )
        )) as is_rebased
    from query_table(periods)
    where state = 'settled'
