-- id: domestic_abuse_safeguarded
-- title: Victims of domestic abuse safeguarded when none was recorded
-- question: Of the crimes of domestic abuse that were not recorded, in how many was the victim safeguarded all the
--   same?
-- record: audit_crime
-- row: a crime that, to the auditor, a log of the inspection scope should have led to, domestic abuse by the auditor's
--   verdict and not recorded, of whose victim the auditor says whether they were safeguarded; placed at the log's
--   report
-- met: the auditor found that the victim was safeguarded
-- better: higher
-- serves: headline
-- kind: audited
-- needs: audit_crime.safeguarded, audit_crime.is_domestic_abuse, audit_stratum.may_hide
-- judges: taking
-- maturity: 180
-- caveats: Few such crimes are found: read k and n before the rate. The inspection found about a quarter safeguarded.
--   Crimes of one log are judged together, so that the interval is a little too narrow. The logs read are a sample
--   drawn by stratum, and each counts once: strata are not weighted. Only the strata of the inspection scope count;
--   logs drawn because they may hide crime are apart.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018
select
    audit_crime_id as record_id,  -- the audited crime
    reported_at as placed_at,  -- when the log's report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group of the class the auditor gives it
    is_domestic_abuse,  -- whether it is domestic abuse to the auditor
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    safeguarded as is_met  -- whether the auditor found the victim safeguarded
from fact_audit_crime
where is_domestic_abuse and not is_recorded and safeguarded is not null and not may_hide and reported_at is not null
