-- id: passed_to_officers
-- title: What was said passed on to officers in full
-- question: Of the logs that auditors read, in how many was everything the caller said passed on to the officers sent?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of which the
--   auditor says whether everything was passed on; placed at its report
-- met: the auditor found that everything was passed on
-- better: higher
-- serves: R2b, R3d
-- kind: audited
-- needs: audit_return.passed_to_officers, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: Logs to which nobody was sent have no verdict and are not counted. The logs read are a sample drawn by
--   stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn
--   because they may hide crime are apart. Of several markers the registrar's verdict prevails, else the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendations R2b and R3d
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    passed_to_officers as is_met  -- whether the auditor found that all was passed on
from fact_audit_log
where passed_to_officers is not null and not may_hide and reported_at is not null
