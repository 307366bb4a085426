-- what: crimes that an audit found should have been recorded, by the auditor's class and verdict
-- row: a required crime of a log drawn, by the marker that prevails
select
    concat_ws(' ', found.sample_id, found.incident_id, found.n) as audit_crime_id,  -- sample, log and number in the log
    found.* exclude (auditor),
    log.stratum,  -- stratum the log was drawn from
    log.may_hide,  -- whether the stratum is of logs that may hide crime, outside the inspection scope
    log.quarter,  -- first day of the quarter that the period drawn from begins in
    log.cut_at,  -- data cut of the snapshot drawn from; what was recorded later does not count
    class.offence_group,  -- offence group of the class that the auditor gives
    class.focus_group,  -- focus group of that class
    case class.offence_group
        when 'Violence against the person' then 'violence'
        when 'Sexual offences' then 'sexual'
        else if(class.offence_group is null, null, 'other')
    end as measure,  -- violence, sexual or other; empty where the auditor gives no class that is known
    crime.recorded_at,  -- when the matched crime was recorded
    log.reported_at,  -- when the report was received
    log.district,  -- district of the log
    log.team_id,  -- team that took the report
    log.channel,  -- channel of the log
    log.grade  -- highest grade of the log
from core_audit_match as found
inner join fact_audit_log as log
    on
        found.sample_id = log.sample_id
        and found.incident_id = log.incident_id
        and found.auditor = log.prevailing_auditor
left join ref_offence_class as class on found.required_class = class.offence_class
left join fact_crime as crime on found.matched_crime_ref = crime.crime_ref
