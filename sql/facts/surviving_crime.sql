-- what: for each crime cancelled as C3, the crime that stands in its place at the end of the chain
-- row: a crime cancelled as C3 whose chain ends at a crime that stands; chains that turn in a circle, or end at a crime
--   that was not delivered or is cancelled as C3 itself, have no row. A code without a time cancels nothing
with recursive cancelled as (
    select
        crime_ref,
        surviving_crime_ref
    from loaded.crime
    where cancellation_code = 'C3' and cancelled_at is not null
),

walk as (
    select
        crime_ref,
        surviving_crime_ref as reached_ref
    from cancelled
    -- `union` keeps a pair once, so that a circle ends
    union
    select
        walk.crime_ref,
        cancelled.surviving_crime_ref as reached_ref
    from walk
    inner join cancelled on walk.reached_ref = cancelled.crime_ref
)

select
    walk.crime_ref,  -- the crime cancelled as C3
    max(survivor.crime_ref) as surviving_crime_ref  -- the crime at the end of the chain
from walk
inner join loaded.crime as survivor on walk.reached_ref = survivor.crime_ref
left join cancelled on walk.reached_ref = cancelled.crime_ref
where cancelled.crime_ref is null
group by walk.crime_ref
