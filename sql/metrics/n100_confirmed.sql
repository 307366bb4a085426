-- id: n100_confirmed
-- title: Reported incidents of rape confirmed later
-- question: Of the reports of rape first recorded as a reported incident (N100), how many were later recorded as rape,
--   and after how many days?
-- record: crime
-- row: a record that began as a reported incident of rape (N100), other than one cancelled as part of another that
--   stands (C3), its receipt known; placed at its receipt
-- met: the record's present class is rape
-- better: neither
-- serves: cancellation
-- kind: descriptive
-- needs: crime.offence_class, crime.first_offence_class
-- judges: recording
-- maturity: 365
-- measure: days from the recording of the N100 to its confirmation as rape
-- caveats: A high share may mean good follow-up or reports that should have been crimes at once: only an audit can
--   tell. Recent months grow for a year and more; the 365 days are practice. Small numbers: read the counts.
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
    is_rape as is_met,  -- whether the record is a crime of rape now
    case
        when is_rape and reclassified_at >= recorded_at
            then date_diff('microsecond', recorded_at, reclassified_at) / 864e8
    end as measure  -- days from recording to confirmation; empty where not confirmed or a time is missing
from fact_crime
where
    is_first_n100
    and standing_crime_ref is null
    and received_at is not null
