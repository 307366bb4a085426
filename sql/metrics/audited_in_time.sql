-- id: audited_in_time
-- title: Recorded within 24 hours, found by audit
-- question: Of the crimes that were recorded as they should have been, how many were recorded within 24 hours of the
--   report?
-- record: audit_crime
-- row: a crime that, to the auditor, a log of the inspection scope should have led to and for which one was recorded,
--   its time judged; placed at the log's report
-- met: the auditor found it recorded within 24 hours of the report
-- better: higher
-- serves: headline
-- kind: audited
-- needs: audit_crime.recorded_within_24h, audit_crime.required_class, audit_stratum.may_hide
-- judges: recording
-- maturity: 180
-- caveats: The auditor reads from the log when the report was made; crimes recorded within the limit is the same
--   question put to the extracts. Crimes of one log are judged together, so that the interval is a little too narrow.
--   The logs read are a sample drawn by stratum, and each counts once: strata are not weighted. Only the strata of the
--   inspection scope count; logs drawn because they may hide crime are apart.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018; Home Office Crime Recording Rules 2026/27,
--   p10
select
    audit_crime_id as record_id,  -- the audited crime
    reported_at as placed_at,  -- when the log's report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group of the class the auditor gives it
    is_domestic_abuse,  -- whether it is domestic abuse to the auditor
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    recorded_within_24h as is_met  -- whether the auditor found it recorded within 24 hours
from fact_audit_crime
where is_recorded and recorded_within_24h is not null and not may_hide and reported_at is not null
