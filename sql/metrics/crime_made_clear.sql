-- id: crime_made_clear
-- title: Logs that make clear it was a crime
-- question: Of the logs that auditors read, how many make it clear that what was reported amounts to a crime?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of which the
--   auditor says whether it makes the crime clear; placed at its report
-- met: the auditor found that the log makes the crime clear
-- better: higher
-- serves: R3c
-- kind: audited
-- needs: audit_return.crime_made_clear, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: Logs in which no crime was reported have no verdict and are not counted. The logs read are a sample drawn by
--   stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn
--   because they may hide crime are apart. Of several markers the registrar's verdict prevails, else the first's.
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
    crime_made_clear as is_met  -- whether the auditor found the crime made clear
from fact_audit_log
where crime_made_clear is not null and not may_hide and reported_at is not null
