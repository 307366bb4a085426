-- id: summary_accurate
-- title: Calls summarised accurately
-- question: Of the logs that auditors read, in how many did the summary say accurately what the caller said?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of whose
--   summary the auditor says whether it is accurate; placed at its report
-- met: the auditor found the summary accurate
-- better: higher
-- serves: R2b
-- kind: audited
-- needs: audit_return.summary_accurate, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: An auditor who heard no recording of the call can only compare the log with itself and with what officers
--   found. The logs read are a sample drawn by stratum, and each counts once: strata are not weighted. Only the strata
--   of the inspection scope count; logs drawn because they may hide crime are apart. Of several markers the registrar's
--   verdict prevails, else the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R2b
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    summary_accurate as is_met  -- whether the auditor found the summary accurate
from fact_audit_log
where summary_accurate is not null and not may_hide and reported_at is not null
