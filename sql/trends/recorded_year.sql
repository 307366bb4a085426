-- what: crimes recorded in a year, fraud, reported incidents of rape and cancelled crimes apart, and how many of them
--   no incident log is linked to: an audit of logs cannot cover those, and their share is stated as not covered
-- crimes: fact_crime, or rows of it; years: one row a sample, with `sample_id`, `first_day`, `last_day`: local days of
--   recording, both included
-- row: a sample and measure, as against_baseline and extrapolation name them. Where the crimes begin or end more than a
--   month within the year, `reason` says that they are not the whole of it
create or replace macro recorded_year(crimes, years) as table
    with counted as (
        select
            years.sample_id,
            years.first_day,
            years.last_day,
            local_date(crimes.recorded_at) as recorded_date,
            crimes.offence_group,
            crimes.has_log
        from query_table(years) as years
        inner join query_table(crimes) as crimes
            on local_date(crimes.recorded_at) between years.first_day and years.last_day
        where
            coalesce(crimes.offence_group, '') <> 'Fraud'
            and not crimes.is_n100
            and crimes.cancelled_at is null
    ),

    spans as (
        select
            sample_id,
            min(recorded_date) as first_recorded,
            max(recorded_date) as last_recorded
        from counted
        group by sample_id
    ),

    measured as (
        select
            sample_id,
            first_day,
            last_day,
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
        measured.sample_id,
        measured.measure,
        measured.first_day,
        measured.last_day,
        count(*) as recorded,  -- crimes recorded in the year
        count(*) filter (not measured.has_log) as without_log,  -- of them, those without a log: not covered
        count(*) filter (not measured.has_log) / count(*) as share_without_log,
        case
            when
                any_value(spans.first_recorded) > measured.first_day + 31
                or any_value(spans.last_recorded) < measured.last_day - 31
                then format(
                        'the crimes of the 12 months from {} to {} are there from {} to {} only', measured.first_day,
                        measured.last_day, any_value(spans.first_recorded), any_value(spans.last_recorded)
                    )
        end as reason
    from measured
    inner join spans on measured.sample_id = spans.sample_id
    group by measured.sample_id, measured.measure, measured.first_day, measured.last_day;
