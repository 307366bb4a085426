-- what: the draws of logs that were audited, and whether the registrar has signed what the audit found. Estimates are
--   provisional until then
-- row: a draw
with signed as (
    select
        sample_id,
        arg_max(role, signed_date) as signed_role,
        max(signed_date) as signed_date
    from ref_audit_signature
    where contains(lower(role), 'registrar') and signed_date is not null
    group by sample_id
),

drawn as (
    select
        sample_id,
        min(period_from) as period_from,
        max(period_to) as period_to,
        max(cut_at) as cut_at,
        cast(sum(population) as bigint) as population,
        cast(sum(sampled) as bigint) as sampled
    from loaded.audit_stratum
    group by sample_id
),

marked as (
    select
        sample_id,
        count(*) filter (is_marked) as marked
    from fact_audit_log
    group by sample_id
)

select
    drawn.sample_id,  -- the draw
    cast(date_trunc('quarter', drawn.period_from) as date) as quarter,  -- first day of the quarter it begins in
    drawn.period_from,  -- first day of the period drawn from
    drawn.period_to,  -- last day of the period drawn from
    drawn.cut_at,  -- data cut of the snapshot drawn from; what was recorded later does not count
    drawn.population,  -- logs of its strata, N
    drawn.sampled,  -- logs drawn, n
    coalesce(marked.marked, 0) as marked,  -- logs drawn that have a verdict
    signed.sample_id is not null as is_signed,  -- whether the registrar has signed
    signed.signed_role,  -- role of the one who signed
    signed.signed_date,  -- day of signing
    if(signed.sample_id is null, 'provisional', 'signed') as status  -- provisional until the registrar has signed
from drawn
left join marked on drawn.sample_id = marked.sample_id
left join signed on drawn.sample_id = signed.sample_id
