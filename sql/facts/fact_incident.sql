-- what: incident logs with what the recording rules and the grading make of each
-- row: an incident log. Its recording_state is the first that applies of: linked_only, out_of_scope, not_ours, duplicate
--   or duplicate_unresolved, existing_crime, recorded_in_time, recorded_late or recorded_time_unknown,
--   reported_incident, explained, pending, unexplained
with outcome as (
    -- what the linked crimes say of each report. A crime recorded before the report was received is follow-up and not
    -- this report's: it decides only where nothing else is linked
    select
        report.incident_id,
        count(*) filter (not crime.is_n100) as crime_count,
        count(*) filter (crime.is_n100) as n100_count,
        count(*) filter (
            not crime.is_n100 and not coalesce(crime.recorded_at < report.received_at, false)
        ) as own_crime_count,
        bool_and(coalesce(crime.recorded_at < report.received_at, false)) as is_all_recorded_before,
        min(crime.recorded_at) filter (
            not crime.is_n100 and crime.recorded_at >= report.received_at
        ) as first_recorded_at,
        arg_min(crime.is_recorded_in_time, (crime.recorded_at, crime.crime_ref)) filter (
            not crime.is_n100 and crime.recorded_at >= report.received_at
        ) as is_first_in_time,
        max(crime.recorded_at) as last_recorded_at
    from incident_crime
    inner join core_report as report on incident_crime.incident_id = report.incident_id
    inner join fact_crime as crime on incident_crime.crime_ref = crime.crime_ref
    group by report.incident_id
),

diaried as (
    select distinct incident_id
    from loaded.appointment
    where incident_id is not null
),

reported as (
    select
        log.*,
        duplicate_root.root_incident_id,  -- log at the root of the chain of duplicates this one belongs to
        local_date(log.reported_at) as reported_date,  -- local day of the report
        coalesce(outcome.crime_count, 0) as crime_count,  -- crimes linked to the report, cancelled ones included
        coalesce(outcome.n100_count, 0) as n100_count,  -- reported incidents of rape linked to the report
        coalesce(outcome.is_all_recorded_before, false)
            as is_all_recorded_before,  -- whether every crime linked was recorded before the report: follow-up
        coalesce(outcome.own_crime_count, 0) as own_crime_count,  -- those of them not recorded before the report
        outcome.first_recorded_at,  -- when the first crime of this report was recorded
        outcome.last_recorded_at,  -- when the last crime or reported incident linked to the report was recorded
        outcome.is_first_in_time,
        diaried.incident_id is not null as has_appointment,  -- whether a diary entry was made for the log
        -- a report holds the codes of its duplicates too: a crime call closed as a duplicate of a welfare log stays in view
        coalesce(log.own_crime_rank, duplicated.crime_rank) as crime_rank,
        least(log.reported_at, duplicated.received_at) as received_at,  -- earliest receipt among the log and its duplicates
        -- grades held, highest first; the moment of an upgrade is not in this extract, so the clock runs from receipt
        case when log.initial_grade_rank <= log.final_grade_rank or log.final_grade is null
            then log.initial_grade else log.final_grade
        end as grade,  -- highest grade the log held
        not coalesce(log.final_needs_attendance, log.initial_needs_attendance, true)
        and log.dispatched_at is null and log.arrived_at is null
            as is_resolved_without_deployment,  -- whether the last grade needs no attendance and nobody was sent
        case when log.arrived_at >= log.reported_at then date_diff('second', log.reported_at, log.arrived_at) / 60.0
        end as response_minutes  -- from receipt to arrival; empty where nobody arrived, or before the report
    from core_incident as log
    left join duplicate_root on log.incident_id = duplicate_root.incident_id
    left join duplicated_log as duplicated on log.incident_id = duplicated.incident_id
    left join outcome on log.incident_id = outcome.incident_id
    left join diaried on log.incident_id = diaried.incident_id
),

limited as (
    select
        log.*,
        indicated.category_code as indicated_category,  -- gravest crime category that the codes the report held indicate
        indicated.offence_group,  -- offence group of the indicated category
        indicated.focus_group,  -- focus group of the indicated category
        log.received_at + to_minutes(core_limit.limit_minutes) as limit_at,  -- latest moment of recording allowed
        target.target_minutes as response_target_minutes  -- target for the highest grade on the day of the report
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
            when log.own_crime_count > 0 and log.is_first_in_time then 'recorded_in_time'
            when log.own_crime_count > 0 and not log.is_first_in_time then 'recorded_late'
            when log.own_crime_count > 0 then 'recorded_time_unknown'
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
                or log.reported_at + to_minutes(cast(log.response_target_minutes as bigint)) < snapshot_info.data_cut
            ),
            false
        ) as is_response_due  -- whether attendance is judged: a target applies, and officers arrived or it has passed
    from limited as log
    cross join snapshot_info
)

select
    log.* exclude (
        has_accepted_reason, own_crime_rank, crime_rank, initial_needs_attendance, final_needs_attendance,
        is_first_in_time
    ),
    log.crime_rank is not null as is_in_scope,  -- whether a code the report ever held indicates a notifiable crime
    log.recording_state in ('recorded_in_time', 'recorded_late', 'recorded_time_unknown')
        as is_recorded,  -- whether a crime stands recorded for the report, in time or late
    log.recording_state in (
        'recorded_in_time', 'recorded_late', 'recorded_time_unknown', 'explained', 'unexplained'
    ) as is_in_rate,  -- whether the log counts in the screening measure
    log.final_grade_rank > log.initial_grade_rank as is_downgraded,  -- whether the last grade is less urgent than the first
    log.final_grade_rank < log.initial_grade_rank as is_upgraded,  -- whether the last grade is more urgent than the first
    coalesce(log.response_minutes <= log.response_target_minutes, false)
        as is_response_in_target  -- whether officers arrived within the target; no arrival is not met
from judged as log
