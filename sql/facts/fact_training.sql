-- what: the training that staff need for their role, and whether they hold it at the data cut
-- row: a current member of staff and a training module relevant to the role; a module that names no role is relevant to
--   all
with cut as (
    select
        data_cut,
        local_date(data_cut) as cut_date
    from snapshot_info
),

current_staff as (
    select staff.*
    from loaded.staff as staff
    cross join cut
    where coalesce(staff.started_on <= cut.cut_date, true) and coalesce(staff.left_on >= cut.cut_date, true)
),

needed as (
    select
        current_staff.*,
        module.module,
        module.serves
    from current_staff
    inner join ref_training_module as module
        on
            module.roles is null
            or list_contains(
                list_transform(string_split(module.roles, ';'), lambda role: trim(role)), current_staff.role
            )
)

select
    needed.staff_id || ' ' || needed.module as training_id,  -- member of staff and module
    needed.staff_id,  -- member of staff, as a keyed hash
    needed.module,  -- training module
    needed.team_id,  -- team of the member of staff
    team.district,  -- district of the team
    needed.role,  -- role of the member of staff
    needed.started_on,  -- first day in the force
    training.completed_at,  -- when the module was last completed; empty where it never was
    training.expires_at,  -- when that ceases to hold; empty where it does not
    coalesce(training.completed_at <= cut.data_cut and coalesce(training.expires_at > cut.data_cut, true), false)
        as is_current,  -- whether the training is held at the data cut
    needed.serves  -- recommendation that the module answers
from needed
cross join cut
left join loaded.training as training on needed.staff_id = training.staff_id and needed.module = training.module
left join loaded.team as team on needed.team_id = team.team_id
