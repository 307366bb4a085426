-- what: recorded crimes with what the recording rules make of each. Time is judged per crime: one prompt crime must not
--   hide two late ones (CRR p10)
-- row: a recorded crime or a reported incident of rape (N100), cancelled ones included. One without a district has its
--   first report's
with linked as (
    -- the report that came first among those a crime is linked to, and the earliest closure among them
    select
        crime_ref,
        min(received_at) as report_received_at,
        min(first_closure_at) as first_closure_at,
        arg_min(incident_id, row(received_at, incident_id)) as first_incident_id
    from incident_crime
    group by crime_ref
),

clocked as (
    select
        crime.*,
        surviving_crime.surviving_crime_ref
            as standing_crime_ref,  -- the crime that stands in place of one cancelled as C3, at the end of the chain
        linked.first_incident_id,  -- report that came first among those the crime is linked to
        linked.first_closure_at,
        least(crime.reported_at, linked.report_received_at)
            as received_at  -- earliest receipt by the force among the crime, its logs and their duplicates
    from core_crime as crime
    left join linked on crime.crime_ref = linked.crime_ref
    left join surviving_crime on crime.crime_ref = surviving_crime.crime_ref
),

limited as (
    select
        clocked.*,
        clocked.received_at + to_minutes(core_limit.limit_minutes)
            as limit_at  -- latest moment of recording that the rule in force on the report date allows
    from clocked
    left join core_limit on local_date(clocked.received_at) = core_limit.received_date
)

select
    crime.* exclude (
        _file, _row, _line, district, comparison_years, first_comparison_years, is_first_n100, first_offence_family,
        first_closure_at
    ),
    coalesce(crime.district, log.district) as district,
    -- where no first class is given, the record has kept its class
    crime.is_first_n100 or (crime.is_n100 and crime.first_offence_class is null)
        as is_first_n100,  -- whether the record began as a reported incident of rape
    case when crime.first_offence_class is null then crime.offence_family else crime.first_offence_family end
        as first_offence_family,  -- family of the class at first recording
    -- leaving homicide or rape, or becoming a reported incident, is lesser whatever the sentences say
    crime.first_offence_class <> crime.offence_class
    and case
        when crime.is_n100 then not crime.is_first_n100
        when crime.is_first_n100 then false
        when crime.first_offence_family in ('homicide', 'rape')
            then crime.offence_family not in ('homicide', 'rape')
        else crime.comparison_years < crime.first_comparison_years
    end as is_lesser,  -- whether the present class is lesser than the first (CRR, reclassification); compares sentences
    crime.first_incident_id is not null as has_log,  -- whether an incident log is linked, either way
    log.channel,  -- channel of the first report
    log.team_id as taking_team_id,  -- team that took the first report
    log.attending_team_id,  -- team that attended the first report
    log.grade,  -- highest grade the first report held
    crime.recorded_at <= crime.limit_at
        as is_recorded_in_time,  -- recorded within the limit; unknown where a time is missing
    not crime.is_n100
    and not crime.is_first_n100
    and crime.standing_crime_ref is null
    and coalesce(crime.recorded_at >= crime.received_at and crime.limit_at is not null, false)
        as is_time_judged,  -- whether the time of recording is judged: a crime, not part of another, its times in order
    crime.first_closure_at as log_first_closed_at,  -- first closure of the logs the crime is linked to
    crime.recorded_at <= least(crime.first_closure_at, crime.limit_at)
        as is_first_opportunity  -- recorded by the earlier of the first closure and the limit
from limited as crime
left join core_log as log on crime.first_incident_id = log.incident_id
