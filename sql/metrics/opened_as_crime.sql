-- id: opened_as_crime
-- title: Recorded logs that were opened as a crime
-- question: Of the logs that led to a recorded crime, how many were opened with a code that says so?
-- record: incident
-- row: an incident log opened with a code of the list, for which a crime stands recorded, not one from before the
--   report, whether or not a code it held indicates one; placed at its report
-- met: the code the log was opened with indicates a notifiable crime
-- better: higher
-- serves: R3c
-- kind: descriptive
-- needs: incident.opening_code, crime.crime_ref, crime.incident_id or incident.crime_ref
-- judges: taking
-- maturity: 90
-- caveats: A crime may come to light only when officers attend. Says whether the log was made out as a crime, not how
--   full the account in it is: that takes an audit.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R3c
select
    log.incident_id as record_id,  -- the incident log
    log.reported_at as placed_at,  -- when the report was received
    log.district,  -- district of the log
    log.team_id,  -- team that took the report
    log.offence_group,  -- offence group the log's codes indicate; empty where none indicates a crime
    log.is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    log.channel,  -- channel of the report
    log.grade,  -- highest grade the log held
    opening.indicates_crime as is_met  -- whether the opening code indicates a notifiable crime
from fact_incident as log
inner join ref_incident_category as opening on log.opening_code = opening.category_code
where
    log.is_recorded
    or (log.recording_state = 'linked_only' and log.own_crime_count > 0)
