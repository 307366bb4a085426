-- id: transfers_with_reference
-- title: Transfers with the receiving force's reference
-- question: Of the crimes cancelled because another force took them over, how many hold that force's reference?
-- record: crime
-- row: a crime cancelled under C1 at a known time, other than a record that was a reported incident of rape (N100)
--   throughout; placed at its cancellation
-- met: a reference of the force or body that took the crime over is given
-- better: higher
-- serves: cancellation
-- kind: compliance
-- needs: crime.cancelled_at, crime.cancellation_code, crime.transferred_ref
-- judges: recording
-- maturity: 30
-- caveats: That a reference is given does not show that the other force recorded the crime. The team is the one that
--   recorded the crime, not the person who decided.
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
    transferred_ref is not null as is_met  -- whether the receiving force's reference is given
from fact_crime
where
    cancelled_at is not null
    and cancellation_code = 'C1'
    and not (is_n100 and is_first_n100)
