-- id: cancellations_victim_informed
-- title: Victims told before a cancellation
-- question: Of the crimes cancelled as C1, C2 or C5, in how many was the victim told first?
-- record: crime
-- row: a crime cancelled under C1, C2 or C5 at a known time, other than a record that was a reported incident of rape
--   (N100) throughout; placed at its cancellation
-- met: the victim was told at the latest when the crime was cancelled
-- better: higher
-- serves: cancellation
-- kind: compliance
-- needs: crime.cancelled_at, crime.cancellation_code, crime.victim_informed_at
-- judges: recording
-- maturity: 30
-- caveats: A victim told after the cancellation counts as not met, as does one of whom the record says nothing. A
--   cancellation without a code or a time is not counted. The team is the one that recorded the crime, not the person
--   who decided.
-- source: Home Office Crime Recording Rules 2026/27, p25
select
    crime_ref as record_id,  -- the crime
    cancelled_at as placed_at,  -- when the crime was cancelled
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    coalesce(victim_informed_at <= cancelled_at, false) as is_met  -- whether the victim was told by then
from fact_crime
where
    cancelled_at is not null
    and cancellation_code in ('C1', 'C2', 'C5')
    and not (is_n100 and is_first_n100)
