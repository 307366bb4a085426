-- what: how far two auditors agree on the logs of a draw that both marked: whether every crime that should have been
--   recorded was. The two auditors who marked a log first are set against each other; the registrar, who settles what
--   they differ on, is one of the two only where one auditor alone marked it
-- row: a draw, see the macro agreement
with pairs as (  -- noqa: ST03, agreement reads it by name
    select
        sample_id,
        incident_id,
        list(is_all_recorded order by is_registrar, precedence)[1] as first_verdict,
        list(is_all_recorded order by is_registrar, precedence)[2] as second_verdict
    from core_audit_verdict
    group by sample_id, incident_id
    having count(*) > 1
)

select
    found.sample_id,  -- the draw
    audit_sample.quarter,  -- first day of the quarter it begins in
    found.agreed,  -- k: logs on which the two agree
    found.logs,  -- n: logs marked by two
    found.raw_agreement,  -- share of logs on which the two agree
    found.raw_lower,  -- lower end of its 95% interval (Wilson)
    found.raw_upper,  -- upper end of its 95% interval
    found.kappa,  -- Cohen's kappa: agreement beyond chance; empty where both said the same of every log
    audit_sample.status  -- provisional until the registrar has signed
from agreement('pairs') as found
inner join audit_sample on found.sample_id = audit_sample.sample_id
order by all
