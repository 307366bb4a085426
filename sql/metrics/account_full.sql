-- id: account_full
-- title: Accounts as full as possible
-- question: Of the logs that auditors read, in how many is the account of what happened as full as it could be?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of whose
--   account the auditor says whether it is full; placed at its report
-- met: the auditor found the account as full as it could be
-- better: higher
-- serves: R3c
-- kind: audited
-- needs: audit_return.account_full, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: How full an account could have been is the auditor's judgement. The logs read are a sample drawn by stratum,
--   and each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn because
--   they may hide crime are apart. Of several markers the registrar's verdict prevails, else the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R3c
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    account_full as is_met  -- whether the auditor found the account full
from fact_audit_log
where account_full is not null and not may_hide and reported_at is not null
