-- what: diary entries with the log they were made for, what became of them and the chain of re-bookings they stand in
-- row: a diary entry
with recursive pointers as (
    select
        appointment_id,
        replaces
    from loaded.appointment
    where replaces is not null
),

walk as (
    select
        appointment_id,
        replaces as reached_id
    from pointers
    -- `union` keeps a pair once, so that a circle ends
    union
    select
        walk.appointment_id,
        pointers.replaces as reached_id
    from walk
    inner join pointers on walk.reached_id = pointers.appointment_id
),

replacing as (
    -- the first entry of a chain replaces none; where the chain turns in a circle, its smallest number stands for it
    select
        walk.appointment_id,
        count(*) filter (walk.reached_id <> walk.appointment_id) as replaced_count,
        coalesce(
            max(walk.reached_id) filter (pointers.appointment_id is null), min(walk.reached_id)
        ) as chain_root_id
    from walk
    left join pointers on walk.reached_id = pointers.appointment_id
    group by walk.appointment_id
),

replaced as (
    select distinct replaces as appointment_id
    from pointers
    where replaces <> appointment_id
),

wait_target as (
    select
        target_date,
        min(target_minutes) as target_minutes
    from core_target
    where target_id = 'appointment_wait'
    group by target_date
),

diaried_log as (
    select *
    from fact_incident
    where has_appointment
)

select
    appointment.* exclude (_file, _row, _line),
    log.reported_at,  -- when the log's report was received
    log.district,  -- district of the log
    log.team_id as taking_team_id,  -- team that took the log's report
    log.offence_group,  -- offence group the log's codes indicate
    log.is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    log.is_vulnerable,  -- whether the log's caller or victim is flagged as vulnerable
    log.channel,  -- channel of the log
    log.grade,  -- highest grade of the log
    log.is_in_scope,  -- whether a code of the log indicates a notifiable crime
    log.recording_state,  -- what became of the log's report under the recording rules
    coalesce(
        coalesce(appointment.ends_at, appointment.starts_at) <= snapshot_info.data_cut,
        appointment.status <> 'booked',
        false
    ) as is_due,  -- whether the appointment's time has come by the data cut
    coalesce(appointment.status = 'kept', false) as is_kept,  -- whether police and victim met
    coalesce(appointment.status in ('cancelled', 'missed') and appointment.cancelled_by = 'police', false)
        as is_police_failure,  -- whether the police cancelled it or failed to appear
    case
        when appointment.starts_at >= appointment.booked_at
            then date_diff('microsecond', appointment.booked_at, appointment.starts_at) / 6e7
    end as wait_minutes,  -- from booking to the start; empty where the start precedes the booking
    wait_target.target_minutes as wait_target_minutes,  -- longest wait that the target in force at booking allows
    replaced.appointment_id is not null as is_replaced,  -- whether another entry was booked in its place
    coalesce(replacing.chain_root_id, appointment.appointment_id) as chain_root_id,  -- first entry of its chain
    coalesce(replacing.replaced_count, 0) + 1 as chain_length  -- how many entries the chain holds up to this one
from loaded.appointment as appointment
cross join snapshot_info
left join diaried_log as log on appointment.incident_id = log.incident_id
left join replacing on appointment.appointment_id = replacing.appointment_id
left join replaced on appointment.appointment_id = replaced.appointment_id
left join wait_target on local_date(appointment.booked_at) = wait_target.target_date
