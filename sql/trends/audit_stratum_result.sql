-- what: what each audit found in each stratum, with the stated bound where it found no failure, or failures alone
-- row: a stratum of a draw, see the macro ratio_by_stratum
with logs as (  -- noqa: ST03, ratio_by_stratum reads it by name
    select * from fact_audit_log
    where is_marked
),

strata as (
    select * from loaded.audit_stratum
)

select
    found.sample_id,  -- the draw
    audit_sample.quarter,  -- first day of the quarter it begins in
    found.stratum,  -- stratum of the draw
    strata.may_hide,  -- whether it is of logs that may hide crime, outside the inspection scope
    found.population,  -- logs of the stratum, N
    found.sampled,  -- logs drawn, n
    found.held,  -- logs drawn that held a crime
    found.recorded,  -- k: crimes recorded
    found.required,  -- n: crimes that should have been recorded
    found.at_least,  -- where no failure was found: the rate is at least this, at 95%; no failure is no certainty
    found.at_most,  -- where failures alone were found: the rate is at most this, at 95%
    audit_sample.status  -- provisional until the registrar has signed
from ratio_by_stratum('logs', 'strata') as found
inner join audit_sample on found.sample_id = audit_sample.sample_id
inner join strata on found.sample_id = strata.sample_id and found.stratum = strata.stratum
order by all
