-- what: what each auditor made of each log drawn. The registrar's verdict prevails; else that of the one who marked the
--   log first
-- row: a log drawn and marker
with required as (
    select
        sample_id,
        incident_id,
        auditor,
        count(*) as required,
        count(is_recorded) as decided,
        count(*) filter (is_recorded) as recorded,
        list(matched_crime_ref) filter (matched_crime_ref is not null) as matched_refs
    from core_audit_match
    group by sample_id, incident_id, auditor
),

-- crimes of the report that stood recorded at the data cut; those of a duplicate are its root's
standing as (
    select
        sample_id,
        incident_id,
        list(distinct counted_ref) as crime_refs
    from core_drawn_crime
    where is_own and is_counted and not is_cancelled and not is_duplicate
    group by sample_id, incident_id
),

marked as (
    select
        returned.*,
        coalesce(required.required, 0) as required,
        case when required.decided < required.required then null else coalesce(required.recorded, 0) end as recorded,
        coalesce(
            len(
                list_filter(
                    standing.crime_refs, lambda ref: not list_contains(coalesce(required.matched_refs, []), ref)
                )
            ), 0
        ) as surplus,
        returned.auditor = 'registrar' as is_registrar
    from loaded.audit_return as returned
    semi join loaded.audit_log as log
        on returned.sample_id = log.sample_id and returned.incident_id = log.incident_id
    left join required
        on
            returned.sample_id = required.sample_id
            and returned.incident_id = required.incident_id
            and returned.auditor = required.auditor
    left join standing on returned.sample_id = standing.sample_id and returned.incident_id = standing.incident_id
)

select
    * exclude (_file, _row, _line, stratum),
    recorded = required as is_all_recorded,
    row_number() over (
        partition by sample_id, incident_id order by not is_registrar, audited_at nulls last, auditor
    ) as precedence,
    count(*) over (partition by sample_id, incident_id) as marker_count
from marked
