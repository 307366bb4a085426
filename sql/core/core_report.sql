-- what: reports, each a log together with the logs closed as duplicates of it: when the force first received it and
--   which crime its codes indicate
-- row: an incident log. One that is a resolved duplicate has its report's log in root_incident_id, which carries the
--   outcome for it
select
    log.*,
    duplicate_root.root_incident_id,  -- log at the root of the chain of duplicates this one belongs to
    least(log.reported_at, duplicated_log.received_at)
        as received_at,  -- earliest receipt among the log and its duplicates
    -- a report holds the codes of its duplicates too: a crime call closed as a duplicate of a welfare log stays in view
    coalesce(log.own_crime_rank, duplicated_log.crime_rank) as crime_rank
from core_log as log
left join duplicate_root on log.incident_id = duplicate_root.incident_id
left join duplicated_log on log.incident_id = duplicated_log.incident_id
