-- id: rape_recorded_as_rape
-- title: Reports of rape recorded as rape at first
-- question: Of the records of rape, crimes and reported incidents alike, how many were recorded as a crime of rape from
--   the first?
-- record: crime
-- row: a record that is, or was at first, a crime of rape or a reported incident of rape (N100), other than one
--   cancelled as part of another that stands (C3), its receipt known; placed at its receipt
-- met: its class at first recording is rape
-- better: higher
-- serves: cancellation
-- kind: compliance
-- needs: crime.offence_class, crime.first_offence_class
-- judges: recording
-- maturity: 90
-- caveats: An N100 can be right: whether it was takes an audit. A rape first recorded under another class counts as not
--   met, though it may have come to light later. Where no first class is given, the record is taken to have kept its
--   class. Reports of rape with no record at all are not seen here.
-- source: Home Office Crime Recording Rules 2026/27, p63
select
    crime_ref as record_id,  -- the crime
    received_at as placed_at,  -- when the force first received the report
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    coalesce(first_offence_family = 'rape', false) as is_met  -- whether it was recorded as rape at first
from fact_crime
where
    received_at is not null
    and standing_crime_ref is null
    and (is_rape or is_n100 or is_first_n100 or coalesce(first_offence_family = 'rape', false))
