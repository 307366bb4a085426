-- what: the crimes that auditors found should have been recorded, matched one to one with crimes recorded by the draw's
--   data cut and not wrongly cancelled. A crime that an auditor names is matched with that one or with none; a crime
--   said to be recorded without a number that is known is matched with the log's own crimes that no number names, first
--   by class, then with any that is left. A crime is used once in a log, so that a surplus crime never makes up for a
--   missed one
-- row: a required crime and marker
with required as (
    select
        required_crime.*,
        pointed_to.counted_ref,
        coalesce(pointed_to.is_counted, false) as is_counted,
        row_number() over (
            partition by
                required_crime.sample_id, required_crime.incident_id, required_crime.auditor, pointed_to.counted_ref
            order by required_crime.is_recorded is not true, required_crime.n
        ) as claim
    from loaded.audit_crime as required_crime
    semi join loaded.audit_log as log
        on required_crime.sample_id = log.sample_id and required_crime.incident_id = log.incident_id
    left join core_drawn_crime as pointed_to
        on
            required_crime.sample_id = pointed_to.sample_id
            and required_crime.incident_id = pointed_to.incident_id
            and required_crime.crime_ref = pointed_to.crime_ref
),

markers as (
    select distinct
        sample_id,
        incident_id,
        auditor
    from required
),

-- the log's own crimes that no number of this marker names
unnamed as (
    select distinct
        markers.sample_id,
        markers.incident_id,
        markers.auditor,
        own.counted_ref,
        own.offence_class,
        own.is_cancelled,
        own.recorded_at
    from markers
    inner join core_drawn_crime as own
        on markers.sample_id = own.sample_id and markers.incident_id = own.incident_id
    anti join required
        on
            markers.sample_id = required.sample_id
            and markers.incident_id = required.incident_id
            and markers.auditor = required.auditor
            and own.counted_ref = required.counted_ref
    where own.is_own and own.is_counted
),

unnamed_in_order as (
    select
        *,
        row_number() over (
            partition by sample_id, incident_id, auditor, offence_class
            order by is_cancelled, recorded_at, counted_ref
        ) as place
    from unnamed
),

without_number as (
    select
        sample_id,
        incident_id,
        auditor,
        n,
        required_class,
        row_number() over (partition by sample_id, incident_id, auditor, required_class order by n) as place
    from required
    where is_recorded and counted_ref is null
),

by_class as (
    select
        without_number.sample_id,
        without_number.incident_id,
        without_number.auditor,
        without_number.n,
        unnamed_in_order.counted_ref
    from without_number
    inner join unnamed_in_order
        on
            without_number.sample_id = unnamed_in_order.sample_id
            and without_number.incident_id = unnamed_in_order.incident_id
            and without_number.auditor = unnamed_in_order.auditor
            and without_number.required_class = unnamed_in_order.offence_class
            and without_number.place = unnamed_in_order.place
),

left_over as (
    select
        unnamed.*,
        row_number() over (
            partition by unnamed.sample_id, unnamed.incident_id, unnamed.auditor
            order by unnamed.is_cancelled, unnamed.recorded_at, unnamed.counted_ref
        ) as place
    from unnamed
    anti join by_class
        on
            unnamed.sample_id = by_class.sample_id
            and unnamed.incident_id = by_class.incident_id
            and unnamed.auditor = by_class.auditor
            and unnamed.counted_ref = by_class.counted_ref
),

still_wanting as (
    select
        without_number.sample_id,
        without_number.incident_id,
        without_number.auditor,
        without_number.n,
        row_number() over (
            partition by without_number.sample_id, without_number.incident_id, without_number.auditor
            order by without_number.n
        ) as place
    from without_number
    anti join by_class
        on
            without_number.sample_id = by_class.sample_id
            and without_number.incident_id = by_class.incident_id
            and without_number.auditor = by_class.auditor
            and without_number.n = by_class.n
),

matches as (
    select
        sample_id,
        incident_id,
        auditor,
        n,
        counted_ref,
        'crime_ref' as match
    from required
    where is_recorded and is_counted and claim = 1
    union all
    select
        *,
        'class' as match
    from by_class
    union all
    select
        still_wanting.sample_id,
        still_wanting.incident_id,
        still_wanting.auditor,
        still_wanting.n,
        left_over.counted_ref,
        'log' as match
    from still_wanting
    inner join left_over
        on
            still_wanting.sample_id = left_over.sample_id
            and still_wanting.incident_id = left_over.incident_id
            and still_wanting.auditor = left_over.auditor
            and still_wanting.place = left_over.place
)

select
    required.* exclude (_file, _row, _line, crime_ref, is_recorded, counted_ref, is_counted, claim),
    required.is_recorded as says_recorded,  -- whether the auditor found the crime recorded
    matches.counted_ref as matched_crime_ref,  -- recorded crime it is matched with; each serves once in a log
    coalesce(matches.match, 'none') as match,  -- by what: crime_ref (the auditor's), class, log (what was left), none
    -- whether it is recorded: said to be, and matched; empty where the auditor gave no verdict
    case when required.is_recorded then matches.counted_ref is not null else required.is_recorded end as is_recorded
from required
left join matches
    on
        required.sample_id = matches.sample_id
        and required.incident_id = matches.incident_id
        and required.auditor = matches.auditor
        and required.n = matches.n
