-- id: n100_correct
-- title: Reported incidents of rape found correct by audit
-- question: Of the reports of rape recorded as a reported incident (N100) that auditors checked, how many were rightly
--   so recorded?
-- record: record_check
-- row: a reported incident of rape (N100) drawn at random and checked, with a verdict, recorded at a known time; placed
--   at its recording
-- met: the auditor found that N100 was right and that no crime was due at once
-- better: higher
-- serves: cancellation
-- kind: audited
-- needs: record_check.is_correct, record_check.is_targeted, crime.recorded_at
-- judges: recording
-- maturity: 180
-- caveats: Such samples are small (about 20 of a kind in the inspections): read k, n and the interval, not the rate
--   alone. Only records drawn at random count; those that someone picked, or that are not known to be drawn, are apart
--   and never added. Of several markers the registrar's verdict prevails, else the first's. The team is the one that
--   recorded the crime.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018; Home Office Crime Recording Rules 2026/27,
--   p63
select
    record_check_id as record_id,  -- the check
    decided_at as placed_at,  -- when the N100 was recorded
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    is_correct as is_met  -- whether the auditor found N100 right
from fact_record_check
where kind = 'n100' and is_correct is not null and not is_targeted and decided_at is not null
