-- id: victim_believed
-- title: Victims believed after officers were sent
-- question: Of the logs that auditors read, in how many was the victim believed once officers had been there?
-- record: audit_log
-- row: an incident log drawn for an audit in a stratum of the inspection scope, whose report is known and of which the
--   auditor says whether the victim was believed after a deployment; placed at its report
-- met: the auditor found that the victim was believed
-- better: higher
-- serves: R2a
-- kind: audited
-- needs: audit_return.believed_after_deployment, audit_stratum.may_hide
-- judges: attending
-- maturity: 180
-- caveats: Logs to which nobody was sent have no verdict and are not counted. The logs read are a sample drawn by
--   stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn
--   because they may hide crime are apart. Of several markers the registrar's verdict prevails, else the first's.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R2a
select
    audit_log_id as record_id,  -- the audited log
    reported_at as placed_at,  -- when its report was received
    district,  -- district of the log
    attending_team_id as team_id,  -- team that attended
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    believed_after_deployment as is_met  -- whether the auditor found the victim believed
from fact_audit_log
where believed_after_deployment is not null and not may_hide and reported_at is not null
