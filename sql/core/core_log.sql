-- what: the few columns of incident logs that duplicates, links and crimes ask for
-- row: an incident log, duplicates and logs outside the scope included
select
    incident_id,
    reported_at,
    duplicate_of,
    crime_ref,
    district,
    team_id,
    attending_team_id,
    channel,
    grade,
    first_closure_at,
    own_crime_rank
from core_incident
