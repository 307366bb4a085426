-- what: which crimes stand against which report, whichever side names the other
-- row: a report and a crime linked to it. A link of a duplicate log is its root's; a link to a crime cancelled as C3 is
--   the surviving crime's too
with mentions as (
    select
        incident_id,
        crime_ref
    from core_log
    where crime_ref is not null
    union all
    select
        incident_id,
        crime_ref
    from loaded.crime
    where incident_id is not null
),

named as (
    select
        coalesce(duplicate_root.root_incident_id, mentions.incident_id) as incident_id,
        mentions.crime_ref
    from mentions
    left join duplicate_root on mentions.incident_id = duplicate_root.incident_id
),

either_way as (
    select
        incident_id,
        crime_ref,
        true as is_named
    from named
    union all
    select
        named.incident_id,
        surviving_crime.surviving_crime_ref as crime_ref,
        false as is_named
    from named
    inner join surviving_crime on named.crime_ref = surviving_crime.crime_ref
),

linked as (
    select
        incident_id,
        crime_ref,
        bool_or(is_named) as is_named
    from either_way
    group by incident_id, crime_ref
)

select
    linked.incident_id,  -- the report
    linked.crime_ref,  -- the crime
    linked.is_named,  -- whether one names the other; if not, the link is a cancelled crime's that this one survives
    report.received_at,  -- earliest receipt among the report's log and its duplicates
    report.first_closure_at  -- when the report's log was first closed
from linked
inner join core_report as report on linked.incident_id = report.incident_id
semi join loaded.crime as crime on linked.crime_ref = crime.crime_ref
