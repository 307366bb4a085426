-- what: the targets in force, by grade and local day
-- row: a target, a grade and a local day on which a log was reported or an appointment booked
with days as (
    select distinct local_date(reported_at) as target_date
    from loaded.incident
    union
    select distinct local_date(booked_at) as target_date
    from loaded.appointment
    where booked_at is not null
)

select
    target.target_id,
    target.grade_code,
    days.target_date,
    min(cast(target.value as double)) as target_minutes  -- the strictest where validity dates overlap
from days
inner join ref_target as target
    on
        days.target_date >= coalesce(target.valid_from, date '0001-01-01')
        and days.target_date < coalesce(target.valid_to, date '9999-12-31')
where target.unit = 'minutes'
group by target.target_id, target.grade_code, days.target_date
