-- what: audited cancellations, reclassifications and reported incidents of rape (N100), with the crime record checked
-- row: a record checked in a sample and what was checked of it, by the check that prevails: one with a verdict before
--   one without, then the registrar's
with ranked as (
    select
        *,
        auditor = 'registrar' as is_registrar,
        row_number() over (
            partition by sample_id, kind, crime_ref
            order by is_correct is null, auditor <> 'registrar', auditor
        ) as precedence
    from loaded.record_check
)

select
    ranked.sample_id || ' ' || ranked.kind || ' ' || ranked.crime_ref as record_check_id,  -- sample, kind, crime number
    ranked.* exclude (_file, _row, _line, precedence, is_registrar),
    ranked.is_registrar,  -- whether the verdict is the registrar's
    case when ranked.kind = 'cancellation' then crime.cancellation_code end
        as cancellation_code,  -- code of the cancellation checked
    case ranked.kind
        when 'cancellation' then crime.cancelled_at
        when 'reclassification' then crime.reclassified_at
        when 'n100' then crime.recorded_at
    end as decided_at,  -- when the crime was cancelled or reclassified, or the reported incident recorded
    crime.reported_at,  -- when the crime was reported
    crime.recorded_at,  -- when the crime was recorded
    crime.offence_class,  -- offence class of the crime
    crime.offence_group,  -- offence group of the class
    crime.is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    crime.district,  -- district of the crime
    crime.team_id,  -- team that recorded the crime
    crime.channel,  -- channel of the first report
    crime.grade  -- highest grade the first report held
from ranked
left join fact_crime as crime on ranked.crime_ref = crime.crime_ref
where ranked.precedence = 1
