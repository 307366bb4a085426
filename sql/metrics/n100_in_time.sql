-- id: n100_in_time
-- title: Reported incidents of rape recorded within the limit
-- question: Of the reports of rape first recorded as a reported incident (N100), how many were recorded within the time
--   the rules allow?
-- record: crime
-- row: a record that began as a reported incident of rape (N100), its times known and in order, other than one
--   cancelled as part of another that stands (C3); placed at its receipt
-- met: recorded within the limit in force on the day the force received the report: 24 hours since April 2015
-- better: higher
-- serves: cancellation
-- kind: timeliness
-- needs: crime.recorded_at, crime.offence_class or crime.offence_code
-- judges: recording
-- maturity: 90
-- caveats: The time is that of the N100 record, also where it was confirmed as rape since. Where the source gives no
--   class at first recording, records confirmed as rape since are missing here. Small numbers: read the counts.
-- source: Home Office Crime Recording Rules 2026/27, p10 and p63
select
    crime_ref as record_id,  -- the crime
    received_at as placed_at,  -- when the force first received the report
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    is_recorded_in_time as is_met  -- whether it was recorded within the limit
from fact_crime
where
    is_first_n100
    and standing_crime_ref is null
    and recorded_at >= received_at
    and is_recorded_in_time is not null
