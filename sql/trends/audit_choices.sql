-- what: what an auditor may choose in a worksheet: the notifiable offence classes in force at any time of the period,
--   and the reasons why a crime was missed
-- first_day, last_day: local days, both included
-- row: a class, in the order of offence groups and names, or a reason, in the order of names
create or replace macro audit_choices(first_day, last_day) as table
    with choices as (
        select
            'class' as kind,
            offence_group as heading,
            offence_class as code,
            name
        from ref_offence_class
        where
            is_notifiable
            and coalesce(valid_from <= last_day, true)
            and coalesce(valid_to > first_day, true)
        union all
        select
            'reason' as kind,
            '' as heading,
            reason_code as code,
            name
        from ref_failure_reason
    )

    select
        kind,  -- class or reason
        code,  -- what the extract holds
        name  -- what people call it
    from choices
    order by kind, heading, name, code;
