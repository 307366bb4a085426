-- what: what the crimes of each log drawn for an audit came to at the draw's data cut. What was recorded, cancelled or
--   found to be part of another crime later does not count
-- row: a log drawn and a crime that either its report is linked to or an auditor names. A crime cancelled as C3 by the
--   cut is followed to the crime that stands in its place, unless a check found that cancellation wrong
with drawn as (
    select
        log.sample_id,
        log.incident_id,
        stratum.cut_at,
        report.received_at,
        coalesce(report.root_incident_id, log.incident_id) as report_id,
        report_id <> log.incident_id as is_duplicate
    from loaded.audit_log as log
    left join loaded.audit_stratum as stratum on log.sample_id = stratum.sample_id and log.stratum = stratum.stratum
    left join core_report as report on log.incident_id = report.incident_id
),

wrongly_cancelled as (
    select crime_ref
    from fact_record_check
    where kind = 'cancellation' and is_correct is not null
    group by crime_ref
    having not arg_max(is_correct, row(is_registrar, sample_id))
),

mentioned as (
    select
        drawn.sample_id,
        drawn.incident_id,
        link.crime_ref,
        true as is_linked
    from drawn
    inner join incident_crime as link on drawn.report_id = link.incident_id
    where link.is_named
    union all
    select
        named.sample_id,
        named.incident_id,
        named.crime_ref,
        false as is_linked
    from loaded.audit_crime as named
    where named.crime_ref is not null
),

pointed_to as (
    select
        sample_id,
        incident_id,
        crime_ref,
        bool_or(is_linked) as is_linked
    from mentioned
    group by sample_id, incident_id, crime_ref
),

followed as (
    select
        pointed_to.*,
        drawn.cut_at,
        drawn.received_at,
        drawn.is_duplicate,
        case
            when wrongly_cancelled.crime_ref is null and crime.cancelled_at <= drawn.cut_at
                then coalesce(crime.standing_crime_ref, crime.crime_ref)
            else crime.crime_ref
        end as counted_ref
    from pointed_to
    inner join drawn on pointed_to.sample_id = drawn.sample_id and pointed_to.incident_id = drawn.incident_id
    inner join fact_crime as crime on pointed_to.crime_ref = crime.crime_ref
    left join wrongly_cancelled on pointed_to.crime_ref = wrongly_cancelled.crime_ref
)

select
    followed.sample_id,
    followed.incident_id,
    followed.crime_ref,
    followed.counted_ref,
    followed.is_duplicate,
    crime.offence_class,
    crime.recorded_at,
    coalesce(crime.cancelled_at <= followed.cut_at, false) as is_cancelled,
    -- a crime without a time of recording is there, and the auditor saw it
    not (is_cancelled and wrongly_cancelled.crime_ref is not null)
    and not crime.is_n100
    and coalesce(crime.recorded_at <= followed.cut_at, true) as is_counted,
    -- one recorded before the report was received is follow-up and not this report's, unless an auditor names it
    followed.is_linked and not coalesce(crime.recorded_at < followed.received_at, false) as is_own
from followed
inner join fact_crime as crime on followed.counted_ref = crime.crime_ref
left join wrongly_cancelled on followed.counted_ref = wrongly_cancelled.crime_ref
