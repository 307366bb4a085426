-- what: which crimes stand against which report, whichever side names the other
-- row: a report and a crime linked to it. A link of a duplicate log is its root's; a link to a crime cancelled as C3 is
--   the surviving crime's
with mentions as (
    select
        incident_id,
        crime_ref
    from loaded.incident
    where crime_ref is not null
    union
    select
        incident_id,
        crime_ref
    from loaded.crime
    where incident_id is not null
)

select distinct
    coalesce(duplicate_root.root_incident_id, log.incident_id) as incident_id,  -- the report
    coalesce(surviving_crime.surviving_crime_ref, crime.crime_ref) as crime_ref  -- the crime that stands
from mentions
inner join loaded.incident as log on mentions.incident_id = log.incident_id
inner join loaded.crime as crime on mentions.crime_ref = crime.crime_ref
left join duplicate_root on log.incident_id = duplicate_root.incident_id
left join surviving_crime on crime.crime_ref = surviving_crime.crime_ref
