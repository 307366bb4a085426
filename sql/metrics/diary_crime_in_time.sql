-- id: diary_crime_in_time
-- title: Crimes in time although an appointment was booked
-- question: Of the crimes whose report was put in the diary, how many were recorded within the time the rules allow?
-- record: crime
-- row: a recorded crime whose first report has a diary entry, its times known and in order, other than one cancelled as
--   part of another that stands (C3) and one that is or began as a reported incident of rape (N100); placed at its
--   receipt
-- met: recorded within the limit in force on the day the force received the report: 24 hours since April 2015
-- better: higher
-- serves: R1c
-- kind: timeliness
-- needs: appointment.incident_id, crime.recorded_at
-- judges: recording
-- maturity: 90
-- caveats: Says nothing of crimes never recorded: see the logs closed after an unkept appointment. A crime recorded
--   before its appointment was made counts too.
-- source: Home Office Crime Recording Rules 2026/27, p10; HMICFRS, Cleveland Police: Crime Data Integrity inspection
--   2018, recommendation R1c
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
    is_time_judged
    and first_incident_id in (select incident_id from fact_appointment)
