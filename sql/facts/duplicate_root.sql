-- what: for each log said to be a duplicate, the log at the root of its chain
-- row: an incident log with a duplicate_of. A > B > C gives A -> C and B -> C; where the chain turns in a circle or
--   ends at a log that was not delivered, root_incident_id is null
with recursive pointers as (
    select
        incident_id,
        duplicate_of
    from core_log
    where duplicate_of is not null
),

walk as (
    select
        incident_id,
        duplicate_of as reached_id
    from pointers
    -- `union` keeps a pair once, so that a circle ends
    union
    select
        walk.incident_id,
        pointers.duplicate_of as reached_id
    from walk
    inner join pointers on walk.reached_id = pointers.incident_id
)

select
    walk.incident_id,  -- the duplicate
    max(root.incident_id) as root_incident_id  -- log at the root of the chain; null where none can be found
from walk
left join core_log as root on walk.reached_id = root.incident_id and root.duplicate_of is null
group by walk.incident_id
