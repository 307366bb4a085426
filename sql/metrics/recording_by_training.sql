-- id: recording_by_training
-- title: Logs recorded, by the training of the team
-- question: Of the reports whose codes indicate a crime, how many led to a recorded crime: in teams whose staff were
--   trained and in others, before the training and after it?
-- record: incident
-- row: an incident log in scope whose outcome is due, taken by a team with staff whose roles need training for R3;
--   placed at its report
-- met: a crime stands recorded for the report, in time or late, also where it was cancelled since
-- better: neither
-- serves: R3a, R3b, R3c, R3d
-- kind: association
-- also_by: team_training
-- needs: training.completed_at, staff.role, staff.team_id, incident.team_id, crime.crime_ref, crime.incident_id or
--   incident.crime_ref, incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: taking
-- maturity: 90
-- caveats: An association and no proof: teams trained first may differ in much else, and recording may have risen
--   everywhere. Compare the change in trained teams with the change in the others. A team is trained from the moment at
--   which half of what the roles of its staff need (persons times modules for R3) had been completed; for the teams
--   that never came to half, before and after is told from the moment the first team did. Teams are taken as staffed at
--   the data cut, and courses as last completed: a renewal hides the first course. A screening measure, not an audited
--   rate.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendations R3a to R3d; half is practice
with course as (
    -- what the roles of a team's staff need for R3, a person and module a row
    select
        training.team_id,
        case when training.completed_at <= snapshot_info.data_cut then training.completed_at end as completed_at
    from fact_training as training
    cross join snapshot_info
    where training.team_id is not null and starts_with(training.serves, 'R3')
),

course_in_order as (
    select
        *,
        row_number() over (partition by team_id order by completed_at nulls last) as place,
        count(*) over (partition by team_id) as needed
    from course
),

halfway as (
    -- when half of it had been completed; empty where it has not been
    select
        team_id,
        completed_at as trained_at
    from course_in_order
    where place = (needed + 1) // 2
),

beginning as (
    select min(trained_at) as first_trained_at
    from halfway
)

select
    log.incident_id as record_id,  -- the incident log
    log.reported_at as placed_at,  -- when the report was received
    log.district,  -- district of the log
    log.team_id,  -- team that took the report
    log.offence_group,  -- offence group the log's codes indicate
    log.is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    log.channel,  -- channel of the report
    log.grade,  -- highest grade the log held
    case
        when halfway.trained_at is null and log.reported_at >= beginning.first_trained_at then 'untrained_after'
        when halfway.trained_at is null then 'untrained_before'
        when log.reported_at >= halfway.trained_at then 'trained_after'
        else 'trained_before'
    end as team_training,  -- whether the team came to be trained, and whether the report was before that or after
    log.is_recorded as is_met  -- whether a crime stands recorded for the report
from fact_incident as log
inner join halfway on log.team_id = halfway.team_id
cross join beginning
where log.is_in_rate
