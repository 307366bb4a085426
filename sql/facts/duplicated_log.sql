-- what: logs of which others are duplicates, with what those add: an earlier receipt, a crime their codes indicate
-- row: an incident log at the root of at least one duplicate
select
    duplicate_root.root_incident_id as incident_id,  -- the log at the root
    min(log.reported_at) as received_at,  -- earliest receipt among the duplicates
    min(log.own_crime_rank) as crime_rank  -- rank of the gravest crime the duplicates' codes indicate
from duplicate_root
inner join core_log as log on duplicate_root.incident_id = log.incident_id
where duplicate_root.root_incident_id is not null
group by duplicate_root.root_incident_id
