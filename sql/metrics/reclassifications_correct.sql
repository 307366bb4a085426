-- id: reclassifications_correct
-- title: Reclassifications found correct by audit
-- question: Of the reclassified crimes that auditors checked, how many were rightly reclassified?
-- record: record_check
-- row: a reclassified crime drawn at random and checked, with a verdict, reclassified at a known time; placed at its
--   last reclassification
-- met: the auditor found the reclassification right
-- better: higher
-- serves: cancellation
-- kind: audited
-- needs: record_check.is_correct, record_check.is_targeted, crime.reclassified_at
-- judges: recording
-- maturity: 180
-- caveats: Such samples are small (about 20 of a kind in the inspections): read k, n and the interval, not the rate
--   alone. Only records drawn at random count; those that someone picked, or that are not known to be drawn, are apart
--   and never added. Of several markers the registrar's verdict prevails, else the first's. The team is the one that
--   recorded the crime.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018; Home Office Crime Recording Rules 2026/27
select
    record_check_id as record_id,  -- the check
    decided_at as placed_at,  -- when the crime was last reclassified
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    is_correct as is_met  -- whether the auditor found the reclassification right
from fact_record_check
where kind = 'reclassification' and is_correct is not null and not is_targeted and decided_at is not null
