-- id: classification_correct
-- title: Classification found correct by audit
-- question: Of the crimes that were recorded as they should have been, how many were given the right class?
-- record: audit_crime
-- row: a crime that, to the auditor, a log of the inspection scope should have led to and for which one was recorded,
--   its class judged; placed at the log's report
-- met: the auditor found the class right
-- better: higher
-- serves: headline
-- kind: audited
-- needs: audit_crime.class_correct, audit_crime.required_class, audit_stratum.may_hide
-- judges: recording
-- maturity: 180
-- caveats: Only crimes for which one stands recorded at the cut of the draw have a class to judge. Crimes of one log
--   are judged together, so that the interval is a little too narrow. The logs read are a sample drawn by stratum, and
--   each counts once: strata are not weighted. Only the strata of the inspection scope count; logs drawn because they
--   may hide crime are apart.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018; Home Office Crime Recording Rules 2026/27
select
    audit_crime_id as record_id,  -- the audited crime
    reported_at as placed_at,  -- when the log's report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group of the class the auditor gives it
    is_domestic_abuse,  -- whether it is domestic abuse to the auditor
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    class_correct as is_met  -- whether the auditor found the class right
from fact_audit_crime
where is_recorded and class_correct is not null and not may_hide and reported_at is not null
