-- what: the targets for times in force, by grade and local day
-- row: a target, a grade and a local day on which a log was reported or an appointment booked; where targets overlap,
--   the shorter one
with days as (
    select distinct local_date(reported_at) as target_date
    from core_log
    union
    select distinct local_date(booked_at) as target_date
    from loaded.appointment
    where booked_at is not null
),

timed as (
    select
        target_id,
        grade_code,
        coalesce(valid_from, date '0001-01-01') as valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        value * case unit when 'minutes' then 1 when 'hours' then 60 when 'days' then 1440 end as target_minutes
    from ref_target
)

select
    timed.target_id,
    timed.grade_code,
    days.target_date,
    min(timed.target_minutes) as target_minutes
from days
inner join timed on days.target_date >= timed.valid_from and days.target_date < timed.valid_to
where timed.target_minutes is not null
group by timed.target_id, timed.grade_code, days.target_date
