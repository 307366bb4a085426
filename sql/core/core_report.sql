-- what: reports, each a log together with the logs closed as duplicates of it: when the force first received it and
--   which crime its codes indicate
-- row: an incident log that is no resolved duplicate; it carries the outcome for its duplicates
select
    log.incident_id,
    log.first_closure_at,
    least(log.reported_at, duplicated.received_at) as received_at,  -- earliest receipt among the log and its duplicates
    coalesce(log.own_crime_rank, duplicated.crime_rank)
        as crime_rank  -- rank of the gravest crime its codes indicate, else its duplicates' codes; null: none does
from core_incident as log
left join duplicate_root on log.incident_id = duplicate_root.incident_id
left join duplicated_log as duplicated on log.incident_id = duplicated.incident_id
where duplicate_root.root_incident_id is null
