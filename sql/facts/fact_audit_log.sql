-- what: incident logs drawn for an audit, and what the audit found. Strata, their sizes and the data cut are those
--   stored with the draw, however the logs are coded since
-- row: a log drawn, by the marker that prevails: the registrar, else who marked it first. A log is marked where every
--   crime that should have been recorded has a verdict
select
    log.sample_id || ' ' || log.incident_id as audit_log_id,  -- sample and log
    log.sample_id,  -- the draw
    log.incident_id,  -- the log
    log.stratum,  -- stratum it was drawn from
    stratum.may_hide,  -- whether the stratum is of logs that may hide crime, outside the inspection scope
    stratum.population,  -- logs of the stratum, N
    stratum.sampled,  -- logs drawn from it, n
    stratum.period_from,  -- first day of the period drawn from
    stratum.period_to,  -- last day of the period drawn from
    cast(date_trunc('quarter', stratum.period_from) as date) as quarter,  -- first day of the quarter it begins in
    stratum.cut_at,  -- data cut of the snapshot drawn from; what was recorded later does not count
    coalesce(verdict.marker_count, 0) as marker_count,  -- auditors who marked the log
    verdict.auditor as prevailing_auditor,  -- the auditor whose verdict prevails
    coalesce(verdict.is_registrar, false) as is_registrar_verdict,  -- whether that is the registrar
    verdict.recorded is not null as is_marked,  -- whether the log has a verdict
    verdict.audited_at,  -- when it was marked
    verdict.required,  -- crimes that should have been recorded
    verdict.recorded,  -- those of them that were; empty where one has no verdict
    verdict.surplus,  -- recorded crimes of the report that match no required one, counted apart
    verdict.is_all_recorded,  -- whether every required crime was recorded; true where none was required
    verdict.grade_correct,  -- whether the auditor found the grade correct
    verdict.summary_accurate,  -- whether the log sums up the call accurately
    verdict.passed_to_officers,  -- whether all information was passed to the officers sent
    verdict.account_full,  -- whether the log holds as full an account as possible
    verdict.crime_made_clear,  -- whether the log makes clear that it amounts to a crime
    verdict.first_account_taken,  -- whether the victim's first account was taken
    verdict.believed_after_deployment,  -- whether the victim was believed after a deployment
    verdict.no_crime_reason_valid,  -- whether the reason for recording no crime is valid
    incident.reported_at,  -- when the report was received
    incident.district,  -- district of the log
    incident.team_id,  -- team that took the report
    incident.attending_team_id,  -- team that attended
    incident.offence_group,  -- offence group the log's codes indicate
    incident.focus_group,  -- focus group the log's codes indicate
    incident.is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    incident.channel,  -- channel of the log
    incident.grade  -- highest grade of the log
from loaded.audit_log as log
left join loaded.audit_stratum as stratum on log.sample_id = stratum.sample_id and log.stratum = stratum.stratum
left join core_audit_verdict as verdict
    on log.sample_id = verdict.sample_id and log.incident_id = verdict.incident_id and verdict.precedence = 1
left join fact_incident as incident on log.incident_id = incident.incident_id
