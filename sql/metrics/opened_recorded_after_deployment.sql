-- id: opened_recorded_after_deployment
-- title: Opened as a crime and recorded after attendance
-- question: Of the logs that were opened as a crime and attended, how many led to a recorded crime?
-- record: incident
-- row: an incident log opened with a code that indicates a notifiable crime, attended by officers, its outcome due:
--   recorded, explained or unexplained; placed at its report
-- met: a crime stands recorded for the report, in time or late, also where it was cancelled since
-- better: higher
-- serves: R2a
-- kind: screening
-- needs: incident.opening_code, incident.arrived_at, crime.crime_ref, crime.incident_id or incident.crime_ref
-- judges: attending
-- maturity: 90
-- caveats: A screening measure: it finds candidates for review and is not the recording rate that an audit estimates.
--   Whether the first account was taken and the victim believed takes an audit: this only shows where a report taken
--   as a crime did not become one once officers had been there.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R2a
select
    log.incident_id as record_id,  -- the incident log
    log.reported_at as placed_at,  -- when the report was received
    log.district,  -- district of the log
    log.attending_team_id as team_id,  -- team that attended
    log.offence_group,  -- offence group the log's codes indicate
    log.is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    log.channel,  -- channel of the report
    log.grade,  -- highest grade the log held
    log.is_recorded as is_met  -- whether a crime stands recorded for the report
from fact_incident as log
inner join ref_incident_category as opening on log.opening_code = opening.category_code
where log.is_in_rate and log.arrived_at is not null and opening.indicates_crime
