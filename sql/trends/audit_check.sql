-- what: how many audited cancellations, reclassifications and reported incidents of rape (N100) were correct
-- row: a sample (or all together), a kind, a cancellation code (or all), and random or targeted checks, see the macro
--   checked_rate
with checks as (  -- noqa: ST03, checked_rate reads it by name
    select
        struct_pack(sample := sample, kind := kind, code := code) as kind,
        is_correct,
        is_targeted
    from fact_record_check
    cross join unnest([sample_id, null]) as samples (sample)
    cross join unnest(list_distinct([cancellation_code]) || [null]) as codes (code)
)

select
    struct_extract(kind, 'sample') as sample_id,  -- the sample; empty for all together
    struct_extract(kind, 'kind') as kind,  -- cancellation, reclassification or n100
    struct_extract(kind, 'code') as cancellation_code,  -- code of the cancellations; empty for all together
    is_targeted,  -- picked, or not known to be drawn at random: these speak of what was picked and of nothing else
    correct,  -- k: checks that found the record correct
    checked,  -- n: checks with a verdict
    rate,  -- their share, from 0 to 1
    lower,  -- lower end of its 95% interval (Wilson); random checks alone
    upper,  -- upper end of its 95% interval
    exact_lower,  -- lower end of the exact interval, the option
    exact_upper  -- upper end of the exact interval
from checked_rate('checks')
order by all
