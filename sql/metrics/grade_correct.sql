-- id: grade_correct
-- title: Grades found correct by audit
-- question: Of the logs that auditors read, in how many was the grade right?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of whose
--   grade the auditor says whether it was right; placed at its report
-- met: the auditor found the grade right
-- better: higher
-- serves: R1b
-- kind: audited
-- needs: audit_return.grade_correct, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: Judged from what the log says: what the caller said and nobody wrote down is not seen. The logs read are a
--   sample drawn by stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope
--   count; logs drawn because they may hide crime are apart. Of several markers the registrar's verdict prevails, else
--   the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1b
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    grade_correct as is_met  -- whether the auditor found the grade right
from fact_audit_log
where grade_correct is not null and not may_hide and reported_at is not null
