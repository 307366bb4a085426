-- what: for each crime cancelled as C3, the crime that stands in its place at the end of the chain
-- row: a crime cancelled as C3 whose chain ends at a crime that stands; chains that turn in a circle or end at a crime
--   that was not delivered have no row
with recursive pointers as (
    select
        crime_ref,
        surviving_crime_ref
    from loaded.crime
    where cancellation_code = 'C3' and surviving_crime_ref is not null
),

walk as (
    select
        crime_ref,
        surviving_crime_ref as reached_ref
    from pointers
    union
    select
        walk.crime_ref,
        pointers.surviving_crime_ref as reached_ref
    from walk
    inner join pointers on walk.reached_ref = pointers.crime_ref
)

select
    walk.crime_ref,
    max(survivor.crime_ref) as surviving_crime_ref  -- the crime at the end of the chain
from walk
inner join loaded.crime as survivor on walk.reached_ref = survivor.crime_ref
left join pointers on walk.reached_ref = pointers.crime_ref
where pointers.crime_ref is null
group by walk.crime_ref
