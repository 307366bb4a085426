-- what: crimes recorded in a year, fraud, reported incidents of rape and cancelled crimes apart, and how many of them
--   no incident log is linked to: an audit of logs cannot cover those, and their share is stated as not covered
-- crimes: fact_crime, or rows of it; years: one row a sample, with `sample_id`, `first_day`, `last_day`: local days of
--   recording, both included
-- row: a sample and measure, as against_baseline and extrapolation name them. Where the crimes begin or end more than a
--   month within the year, `reason` says that they are not the whole of it
create or replace macro recorded_year(crimes, years) as table
    with days as (
        select
            local_date(recorded_at) as recorded_date,
            case offence_group
                when 'Violence against the person' then 'violence'
                when 'Sexual offences' then 'sexual'
                else 'other'
            end as measure,
            count(*) as recorded,
            count(*) filter (not has_log) as without_log
        from query_table(crimes)
        where
            coalesce(offence_group, '') <> 'Fraud'
            and not is_n100
            and cancelled_at is null
        group by all
    ),

    counted as (
        select
            years.*,
            days.* exclude (measure),
            unnest(['all', days.measure]) as measure,
            min(days.recorded_date) over (partition by years.sample_id) as first_recorded,
            max(days.recorded_date) over (partition by years.sample_id) as last_recorded
        from query_table(years) as years
        inner join days on days.recorded_date between years.first_day and years.last_day
    )

    select
        sample_id,
        measure,
        first_day,
        last_day,
        cast(sum(recorded) as bigint) as recorded,  -- crimes recorded in the year
        cast(sum(without_log) as bigint) as without_log,  -- of them, those without a log: not covered by the audit
        sum(without_log) / sum(recorded) as share_without_log,
        case
            when first_recorded > first_day + 31 or last_recorded < last_day - 31
                then format(
                        'the crimes of the 12 months from {} to {} are there from {} to {} only',
                        first_day, last_day, first_recorded, last_recorded
                    )
        end as reason
    from counted
    group by sample_id, measure, first_day, last_day, first_recorded, last_recorded;
