-- what: recorded crimes as the extract gives them, with their offence class joined
-- row: a recorded crime or a reported incident of rape (N100)
select
    crime.*,
    class.name as offence_name,
    class.offence_group,
    class.offence_family,
    class.focus_group,
    class.seriousness_years,
    first_class.offence_family as first_offence_family,
    first_class.seriousness_years as first_seriousness_years,
    coalesce(class.offence_family = 'n100', crime.offence_class like 'N100%', false) as is_n100,
    coalesce(class.offence_family = 'rape', false) as is_rape,
    coalesce(first_class.offence_family = 'n100', crime.first_offence_class like 'N100%', false) as is_first_n100
from loaded.crime as crime
left join ref_offence_class as class on crime.offence_class = class.offence_class
left join ref_offence_class as first_class on crime.first_offence_class = first_class.offence_class
