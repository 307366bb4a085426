-- what: incident logs with what the recording rules and the grading make of each
-- row: an incident log. Its recording_state is the first that applies of: linked_only, out_of_scope, not_ours,
--   duplicate or duplicate_unresolved, existing_crime, recorded_in_time, recorded_late or recorded_time_unknown,
--   reported_incident, explained, pending, unexplained. A linked record of either kind, crime or reported incident,
--   makes a log linked_only; records from before the report alone make it existing_crime. In time or late is the first
--   crime of the report by its own clock; of several recorded at one moment, all must be in time
with linked as (
    -- the crimes that stand against each report. One recorded before the report was received is follow-up and not this
    -- report's: it decides only where nothing else is linked
    select
        incident_crime.incident_id,
        crime.recorded_at,
        crime.is_n100,
        crime.is_recorded_in_time,
        coalesce(crime.recorded_at < incident_crime.received_at, false) as is_recorded_before,
        not crime.is_n100 and not is_recorded_before as is_own_crime
    from incident_crime
    inner join fact_crime as crime on incident_crime.crime_ref = crime.crime_ref
    where crime.standing_crime_ref is null
),

outcome as (
    select
        incident_id,
        count(*) filter (not is_n100) as crime_count,
        count(*) filter (is_n100) as n100_count,
        bool_and(is_recorded_before) as is_all_recorded_before,
        count(*) filter (is_own_crime) as own_crime_count,
        min(recorded_at) filter (is_own_crime) as first_recorded_at,
        min(recorded_at) filter (is_own_crime and is_recorded_in_time) as first_in_time_at,
        min(recorded_at) filter (is_own_crime and not is_recorded_in_time) as first_late_at,
        max(recorded_at) as last_recorded_at
    from linked
    group by incident_id
),

diaried as (
    select distinct incident_id
    from loaded.appointment
    where incident_id is not null
),

reported as (
    select
        log.*,
        report.root_incident_id,  -- log at the root of the chain of duplicates this one belongs to
        report.received_at,  -- earliest receipt among the log and its duplicates
        report.crime_rank,
        local_date(log.reported_at) as reported_date,  -- local day of the report
        coalesce(outcome.crime_count, 0) as crime_count,  -- crimes linked to the report, cancelled ones included
        coalesce(outcome.n100_count, 0) as n100_count,  -- reported incidents of rape linked to the report
        coalesce(outcome.is_all_recorded_before, false)
            as is_all_recorded_before,  -- whether every crime linked was recorded before the report: follow-up
        coalesce(outcome.own_crime_count, 0) as own_crime_count,  -- crimes linked, recorded since the report
        outcome.first_recorded_at,  -- when the first crime of this report was recorded
        outcome.last_recorded_at,  -- when the last crime or reported incident linked to the report was recorded
        coalesce(outcome.first_in_time_at < outcome.first_late_at, outcome.first_late_at is null) as is_first_in_time,
        diaried.incident_id is not null as has_appointment,  -- whether a diary entry was made for the log
        not log.needs_attendance and log.dispatched_at is null and log.arrived_at is null
            as is_resolved_without_deployment,  -- whether the last grade needs no attendance and nobody was sent
        -- a latest closure dated before the first is no second one
        case
            when log.latest_closure_at is null then 'none'
            when log.latest_closure_at <= log.first_closure_at then 'first'
            else 'latest'
        end as last_closure,  -- closure by which the log stands closed: first, latest, or none where it is open
        -- a check is of the last closure made before it
        case
            when last_closure = 'latest' and log.closure_checked_at >= log.latest_closure_at then 'latest'
            when log.closure_checked_at >= log.first_closure_at then 'first'
            else 'none'
        end as checked_closure,  -- closure that the supervisor checked: first, latest, or none
        -- the moment of an upgrade is not in this extract, so the clock runs from receipt
        case
            when log.arrived_at >= log.reported_at
                then date_diff('microsecond', log.reported_at, log.arrived_at) / 6e7
        end as response_minutes  -- from receipt to arrival; empty where nobody arrived, or before the report
    from core_incident as log
    inner join core_report as report on log.incident_id = report.incident_id
    left join outcome on log.incident_id = outcome.incident_id
    left join diaried on log.incident_id = diaried.incident_id
),

limited as (
    select
        log.*,
        indicated.category_code as indicated_category,  -- gravest crime category that the report's codes indicate
        indicated.offence_group,  -- offence group of the indicated category
        indicated.focus_group,  -- focus group of the indicated category
        log.received_at + to_minutes(core_limit.limit_minutes) as limit_at,  -- latest moment of recording allowed
        target.target_minutes as response_target_minutes,  -- target for the highest grade on the day of the report
        log.reported_at + to_seconds(target.target_minutes * 60) as response_target_at
    from reported as log
    left join ref_incident_category as indicated on log.crime_rank = indicated.rank
    left join core_limit on local_date(log.received_at) = core_limit.received_date
    left join core_target as target
        on target.target_id = 'response' and log.grade = target.grade_code and log.reported_date = target.target_date
),

judged as (
    select
        log.*,
        case
            when log.crime_rank is null and log.crime_count + log.n100_count > 0 then 'linked_only'
            when log.crime_rank is null then 'out_of_scope'
            when log.transferred_to is not null and log.transferred_ref is not null then 'not_ours'
            when log.duplicate_of is not null and log.root_incident_id is null then 'duplicate_unresolved'
            when log.duplicate_of is not null then 'duplicate'
            when log.is_all_recorded_before then 'existing_crime'
            when log.own_crime_count > 0 and log.first_recorded_at is null then 'recorded_time_unknown'
            when log.own_crime_count > 0 and log.is_first_in_time then 'recorded_in_time'
            when log.own_crime_count > 0 then 'recorded_late'
            when log.n100_count > 0 then 'reported_incident'
            when log.has_accepted_reason then 'explained'
            when log.limit_at >= snapshot_info.data_cut then 'pending'
            else 'unexplained'
        end as recording_state,  -- what became of the report under the recording rules
        coalesce(
            log.duplicate_of is null
            and not log.is_resolved_without_deployment
            and log.response_target_minutes is not null
            and (
                log.response_minutes is not null
                or log.response_target_at < snapshot_info.data_cut
            ),
            false
        ) as is_response_due  -- whether attendance is judged: a target applies, and officers arrived or it has passed
    from limited as log
    cross join snapshot_info
)

select
    log.* exclude (
        _file, _row, _line, has_accepted_reason, needs_attendance, own_crime_rank, crime_rank,
        is_first_in_time, response_target_at
    ),
    log.crime_rank is not null as is_in_scope,  -- whether a code the report ever held indicates a notifiable crime
    log.recording_state in ('recorded_in_time', 'recorded_late', 'recorded_time_unknown')
        as is_recorded,  -- whether a crime stands recorded for the report, in time or late
    log.recording_state in (
        'recorded_in_time', 'recorded_late', 'recorded_time_unknown', 'explained', 'unexplained'
    ) as is_in_rate,  -- whether the log counts in the screening measure
    coalesce(log.response_minutes <= log.response_target_minutes, false)
        as is_response_in_target  -- whether officers arrived within the target; no arrival is not met
from judged as log
