-- what: the time the recording rules allow, by the day a report was received
-- row: a local day on which a log or a crime was reported; where rules overlap, the shorter limit
with days as (
    select distinct local_date(reported_at) as received_date
    from core_log
    union
    select distinct local_date(reported_at) as received_date
    from loaded.crime
    where reported_at is not null
)

select
    days.received_date,
    min(rule.limit_minutes) as limit_minutes
from days
inner join ref_recording_rule as rule
    on
        days.received_date >= coalesce(rule.valid_from, date '0001-01-01')
        and days.received_date < coalesce(rule.valid_to, date '9999-12-31')
where rule.rule_id = 'recording_limit'
group by days.received_date
