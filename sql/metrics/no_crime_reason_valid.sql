-- id: no_crime_reason_valid
-- title: Reasons for no crime found valid
-- question: Of the logs closed without a crime that auditors read, in how many was the reason given a valid one?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of whose
--   reason for no crime the auditor says whether it is valid; placed at its report
-- met: the auditor found the reason valid
-- better: higher
-- serves: headline
-- kind: audited
-- needs: audit_return.no_crime_reason_valid, audit_stratum.may_hide
-- judges: closing
-- maturity: 180
-- caveats: This is what verifies the logs that the screening measures show as explained. Judged by the team that took
--   the report: the extract does not say which team closed the log. The logs read are a sample drawn by stratum, and
--   each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn because they
--   may hide crime are apart. Of several markers the registrar's verdict prevails, else the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018; Home Office Crime Recording Rules 2026/27,
--   p6 to p10
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    no_crime_reason_valid as is_met  -- whether the auditor found the reason valid
from fact_audit_log
where no_crime_reason_valid is not null and not may_hide and reported_at is not null
