-- id: cancellations_correct
-- title: Cancellations found correct by audit
-- question: Of the cancelled crimes that auditors checked, how many were rightly cancelled?
-- record: record_check
-- row: a cancelled crime drawn at random and checked, with a verdict, cancelled at a known time; placed at its
--   cancellation
-- met: the auditor found the cancellation right
-- better: higher
-- serves: cancellation
-- kind: audited
-- also_by: cancellation_code
-- needs: record_check.is_correct, record_check.is_targeted, crime.cancelled_at
-- judges: recording
-- maturity: 180
-- caveats: Such samples are small (about 20 of a kind in the inspections): read k, n and the interval, not the rate
--   alone. Only records drawn at random count; those that someone picked, or that are not known to be drawn, are apart
--   and never added. Of several markers the registrar's verdict prevails, else the first's. The team is the one that
--   recorded the crime.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018; Home Office Crime Recording Rules 2026/27,
--   p25
select
    record_check_id as record_id,  -- the check
    decided_at as placed_at,  -- when the crime was cancelled
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    cancellation_code,  -- code it was cancelled under, C1 to C5
    is_correct as is_met  -- whether the auditor found the cancellation right
from fact_record_check
where kind = 'cancellation' and is_correct is not null and not is_targeted and decided_at is not null
