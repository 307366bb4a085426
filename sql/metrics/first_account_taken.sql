-- id: first_account_taken
-- title: First accounts taken
-- question: Of the logs that auditors read, in how many was the victim's first account taken when the report was made?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of which the
--   auditor says whether the first account was taken; placed at its report
-- met: the auditor found that the first account was taken
-- better: higher
-- serves: R2a, R3a
-- kind: audited
-- needs: audit_return.first_account_taken, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: Reports without a victim to ask have no verdict and are not counted. The logs read are a sample drawn by
--   stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn
--   because they may hide crime are apart. Of several markers the registrar's verdict prevails, else the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendations R2a and R3a
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    first_account_taken as is_met  -- whether the auditor found the first account taken
from fact_audit_log
where first_account_taken is not null and not may_hide and reported_at is not null
