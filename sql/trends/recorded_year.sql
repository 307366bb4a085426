-- what: crimes recorded in a year, fraud, reported incidents of rape and cancelled crimes apart, and how many of them
--   no incident log is linked to: an audit of logs cannot cover those, and their share is stated as not covered
-- crimes: fact_crime, or rows of it; first_day, last_day: local days of recording, both included
-- row: a measure, as against_baseline and extrapolation name them
create or replace macro recorded_year(crimes, first_day, last_day) as table
    with counted as (
        select
            offence_group,
            has_log
        from query_table(crimes)
        where
            local_date(recorded_at) between first_day and last_day
            and coalesce(offence_group, '') <> 'Fraud'
            and not is_n100
            and cancelled_at is null
    ),

    measured as (
        select
            unnest(
                [
                    'all',
                    case offence_group
                        when 'Violence against the person' then 'violence'
                        when 'Sexual offences' then 'sexual'
                        else 'other'
                    end
                ]
            ) as measure,
            has_log
        from counted
    )

    select
        measure,
        count(*) as recorded,  -- crimes recorded in the year
        count(*) filter (not has_log) as without_log,  -- of them, those without a log: not covered by the audit
        count(*) filter (not has_log) / count(*) as share_without_log
    from measured
    group by measure;
