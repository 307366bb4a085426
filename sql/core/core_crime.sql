-- what: recorded crimes as the extract gives them, with their offence class joined; the class follows from the offence
--   code where the extract gives the code alone
-- row: a recorded crime or a reported incident of rape: a class that begins with N100, whether or not the list holds it
with classed as (
    select
        crime.* exclude (offence_class),
        coalesce(crime.offence_class, code.offence_class) as offence_class
    from loaded.crime as crime
    left join ref_offence_code as code on crime.offence_code = code.offence_code
)

select
    crime.*,
    class.name as offence_name,  -- name of the offence class
    class.offence_group,  -- offence group of the offence class
    class.offence_family,  -- family of the offence class: rape, n100, homicide, ...
    class.focus_group,  -- focus group of the recommendations the class belongs to
    class.comparison_years,
    first_class.offence_family as first_offence_family,
    first_class.comparison_years as first_comparison_years,
    coalesce(class.offence_family = 'n100', crime.offence_class like 'N100%', false)
        as is_n100,  -- whether the record is a reported incident of rape and not a crime (CRR p63)
    coalesce(class.offence_family = 'rape', false) as is_rape,  -- whether the record is a crime of rape
    coalesce(first_class.offence_family = 'n100', crime.first_offence_class like 'N100%', false) as is_first_n100
from classed as crime
left join ref_offence_class as class on crime.offence_class = class.offence_class
left join ref_offence_class as first_class on crime.first_offence_class = first_class.offence_class
