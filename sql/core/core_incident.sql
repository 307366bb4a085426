-- what: incident logs as the extract gives them, with the meaning of their codes joined
-- row: an incident log, duplicates and logs outside the scope included
with qualified as (
    -- the gravest crime among the qualifiers of a log, for the few logs that carry any
    select
        held.incident_id,
        min(category.rank) as crime_rank
    from (
        select
            incident_id,
            trim(unnest(string_split(qualifiers, ';'))) as category_code
        from loaded.incident
        where qualifiers is not null
    ) as held
    inner join ref_incident_category as category on held.category_code = category.category_code
    where category.indicates_crime
    group by held.incident_id
)

select
    incident.*,
    -- a log never re-opened has one closure, whichever of the two columns holds it; one re-opened may be open still
    coalesce(
        incident.first_closed_at, case when coalesce(incident.reopened_count, 0) = 0 then incident.closed_at end
    ) as first_closure_at,  -- when the log was first closed
    coalesce(
        incident.closed_at, case when coalesce(incident.reopened_count, 0) = 0 then incident.first_closed_at end
    ) as latest_closure_at,  -- when the log was last closed; empty where it is open, also where it was re-opened
    opening.name as opening_name,  -- name of the category the log was opened with
    closing.name as closing_name,  -- name of the category the log was last closed with
    -- re-coding at closure cannot take a log out of view: every code it ever held counts
    least(
        case when opening.indicates_crime then opening.rank end,
        case when closing.indicates_crime then closing.rank end,
        qualified.crime_rank
    ) as own_crime_rank,
    -- a grade that the list does not hold has no rank, and gives way to one that it holds
    case
        when initial.rank <= final.rank then incident.initial_grade
        when final.rank is not null then incident.final_grade
        else coalesce(incident.initial_grade, incident.final_grade)
    end as grade,  -- highest grade the log held
    final.rank > initial.rank as is_downgraded,  -- whether the last grade is less urgent than the first
    final.rank < initial.rank as is_upgraded,  -- whether the last grade is more urgent than the first
    coalesce(final.needs_attendance, initial.needs_attendance, true) as needs_attendance,
    coalesce(reason.is_accepted, false) as has_accepted_reason
from loaded.incident as incident
left join ref_incident_category as opening on incident.opening_code = opening.category_code
left join ref_incident_category as closing on incident.closing_code = closing.category_code
left join qualified on incident.incident_id = qualified.incident_id
left join ref_grade as initial on incident.initial_grade = initial.grade_code
left join ref_grade as final on incident.final_grade = final.grade_code
left join ref_no_crime_reason as reason on incident.no_crime_reason = reason.reason_code
