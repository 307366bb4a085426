-- id: crimes_first_opportunity
-- title: Crimes recorded at the first opportunity
-- question: Of the crimes recorded from incident logs, how many were recorded before the log was first closed, and
--   within the limit?
-- record: crime
-- row: a recorded crime linked to an incident log, its times known and in order and no log closed before its receipt,
--   other than one cancelled as part of another that stands (C3) and one that is or began as a reported incident of
--   rape (N100); placed at its receipt
-- met: recorded by the first closure of its logs or by the limit, whichever came first; by the limit where no log was
--   closed yet
-- better: higher
-- serves: headline
-- kind: timeliness
-- needs: crime.crime_ref, crime.recorded_at, incident.first_closed_at or incident.closed_at
-- judges: recording
-- maturity: 90
-- caveats: Says nothing of crimes never recorded. Where the source gives only the last closure, logs closed, re-opened
--   and closed again are judged on that one if it does not say that they were re-opened, which flatters.
-- source: Home Office Crime Recording Rules 2026/27, p10; HMICFRS, Cleveland Police: Crime Data Integrity inspection
--   2018, cause of concern
select
    crime_ref as record_id,  -- the crime
    received_at as placed_at,  -- when the force first received the report
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    is_first_opportunity as is_met  -- whether it was recorded by the earlier of first closure and limit
from fact_crime
where
    is_time_judged
    and has_log
    and coalesce(log_first_closed_at >= received_at, true)
