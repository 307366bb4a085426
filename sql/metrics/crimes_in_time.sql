-- id: crimes_in_time
-- title: Crimes recorded within the limit
-- question: Of the crimes recorded, how many were recorded within the time the rules allow?
-- record: crime
-- row: a recorded crime whose times are known and in order, other than one cancelled as part of another that stands
--   (C3) and one that is or began as a reported incident of rape (N100); placed at its receipt
-- met: recorded within the limit in force on the day the force received the report: 24 hours since April 2015
-- better: higher
-- serves: headline
-- kind: timeliness
-- needs: crime.crime_ref, crime.recorded_at
-- judges: recording
-- maturity: 90
-- caveats: Says nothing of crimes never recorded. The clock starts at the earliest receipt by the force among the
--   crime, its logs and their duplicates; a crime recorded before that is not judged. Reported incidents of rape have
--   measures of their own.
-- source: Home Office Crime Recording Rules 2026/27, p10
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
where is_time_judged
