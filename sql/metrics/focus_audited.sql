-- id: focus_audited
-- title: Focus-group crimes found recorded by audit
-- question: Of the crimes of harassment, stalking, controlling behaviour, malicious communications and public order
--   that should have been recorded, how many were?
-- record: audit_crime
-- row: a crime that, to the auditor, a log of the inspection scope should have led to, of a class of the focus groups
--   and with a verdict; placed at the log's report
-- met: a crime recorded by the cut of the draw and not wrongly cancelled stands against it, one to one
-- better: higher
-- serves: R3b
-- kind: audited counts
-- also_by: focus_group
-- needs: audit_crime.required_class, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: k and n only, and no rate: crimes come in logs, and logs in strata of different sizes, so that a rate needs
--   the estimate of the audit, which gives one for each focus group with enough crimes. The logs read are a sample
--   drawn by stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope count;
--   logs drawn because they may hide crime are apart.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R3b
select
    audit_crime_id as record_id,  -- the audited crime
    reported_at as placed_at,  -- when the log's report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group of the class the auditor gives it
    is_domestic_abuse,  -- whether it is domestic abuse to the auditor
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    focus_group,  -- focus group of the class the auditor gives it
    is_recorded as is_met  -- whether a crime stands recorded for it
from fact_audit_crime
where focus_group is not null and is_recorded is not null and not may_hide and reported_at is not null
