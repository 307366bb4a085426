-- what: what an auditor is shown of each log drawn, in words: when it was reported, the codes it ever held, its grade,
--   and the crimes recorded from its report by the data cut, those of the logs it repeats or that repeat it included
-- incident_ids: a list of log numbers
-- row: a log
create or replace macro audit_worksheet(incident_ids) as table
    with wanted as (
        select unnest(list_distinct(incident_ids)) as incident_id
    ),

    log as (
        select fact_incident.*
        from fact_incident
        inner join wanted on fact_incident.incident_id = wanted.incident_id
    ),

    held_codes as (
        select
            incident_id,
            1 as place,
            'opened as' as role,
            opening_code as code
        from log
        union all
        select
            incident_id,
            2 as place,
            'closed as' as role,
            closing_code as code
        from log
        union all
        select
            incident_id,
            3 as place,
            'also' as role,
            trim(unnest(string_split(qualifiers, ';'))) as code
        from log
    ),

    held as (
        select
            held_codes.incident_id,
            held_codes.place,
            format('{} {}', held_codes.role, coalesce(category.name, held_codes.code)) as said
        from held_codes
        left join ref_incident_category as category on held_codes.code = category.category_code
        where held_codes.code <> ''
        union all
        select
            incident_id,
            4 as place,
            format('repeats log {}', duplicate_of) as said
        from log
        where duplicate_of is not null
    ),

    codes_held as (
        select
            incident_id,
            string_agg(said, '; ' order by place, said) as codes
        from held
        group by incident_id
    ),

    crimes_linked as (
        select
            log.incident_id,
            string_agg(
                concat_ws(
                    ' ',
                    crime.crime_ref,
                    crime.offence_class,
                    class.name,
                    strftime(local_date(crime.recorded_at), 'recorded %-d %b %Y'),
                    case when crime.cancelled_at is not null then concat('cancelled ', crime.cancellation_code) end
                ),
                '; ' order by crime.recorded_at, crime.crime_ref
            ) as crimes
        from log
        inner join incident_crime as link on coalesce(log.root_incident_id, log.incident_id) = link.incident_id
        inner join fact_crime as crime on link.crime_ref = crime.crime_ref
        left join ref_offence_class as class on crime.offence_class = class.offence_class
        group by log.incident_id
    )

    select
        log.incident_id,  -- log number
        strftime(
            timezone(snapshot_info.time_zone, timezone('UTC', log.reported_at)), '%a %-d %b %Y, %H:%M'
        ) as reported,  -- local day and time of the report
        coalesce(codes_held.codes, '') as codes,  -- categories the log ever held, and the log it repeats
        coalesce(grade.name, log.grade, '') as grade,  -- highest grade it held
        coalesce(crimes_linked.crimes, '') as crimes  -- crimes of its report
    from log
    cross join snapshot_info
    left join codes_held on log.incident_id = codes_held.incident_id
    left join crimes_linked on log.incident_id = crimes_linked.incident_id
    left join ref_grade as grade on log.grade = grade.grade_code
    order by log.incident_id;
