-- what: the time the recording rules allow, by the day a report was received
-- row: a local day on which a log or a crime was reported
with days as (
    select distinct local_date(reported_at) as received_date
    from loaded.incident
    union
    select distinct local_date(reported_at) as received_date
    from loaded.crime
    where reported_at is not null
)

select
    days.received_date,
    cast(rule.limit_minutes as bigint) as limit_minutes
from days
inner join ref_recording_rule as rule
    on
        days.received_date >= coalesce(rule.valid_from, date '0001-01-01')
        and days.received_date < coalesce(rule.valid_to, date '9999-12-31')
