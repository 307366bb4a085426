-- what: how many of the sampled logs that may hide crime held one, with an exact upper bound
-- row: a stratum of such logs of a draw, see the macro hidden_strata
with logs as (  -- noqa: ST03, hidden_strata reads it by name
    select * from fact_audit_log
    where is_marked
),

strata as (  -- noqa: ST03, hidden_strata reads it by name
    select * from loaded.audit_stratum
)

select
    found.sample_id,  -- the draw
    audit_sample.quarter,  -- first day of the quarter it begins in
    found.stratum,  -- stratum of the draw
    found.population,  -- logs of the stratum, N
    found.held,  -- k: sampled logs that held a crime
    found.sampled,  -- n: logs sampled
    found.held_upper,  -- exact upper bound of the share of logs that hold a crime, at 95%
    found.is_enough,  -- whether enough held a crime for a whole-frame rate
    audit_sample.status  -- provisional until the registrar has signed
from hidden_strata('logs', 'strata') as found
inner join audit_sample on found.sample_id = audit_sample.sample_id
order by all
