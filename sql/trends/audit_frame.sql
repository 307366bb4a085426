-- what: the logs that an audit may draw from. The inspection scope: logs that a code they ever held, or one of a
--   duplicate of theirs, puts in scope, by the offence group it indicates. Apart from it, logs that may hide crime: by
--   the kind of the gravest such code they held, and duplicates. A log that neither indicates nor may hide a crime is
--   in no frame
-- first_day, last_day: local days of the report, both included
-- row: a log of the frame
create or replace macro audit_frame(first_day, last_day) as table
    with reported as (
        select
            incident_id,
            duplicate_of is not null as is_duplicate,
            is_in_scope,
            offence_group,
            own_crime_count,
            string_split(concat_ws(';', opening_code, closing_code, qualifiers), ';') as codes
        from fact_incident
        where reported_date between first_day and last_day
    ),

    held_codes as (
        select
            incident_id,
            trim(unnest(codes)) as category_code
        from reported
        where not is_in_scope and not is_duplicate
    ),

    hiding as (
        select
            held_codes.incident_id,
            arg_min(category.nsir_category, category.rank) filter (category.nsir_category is not null) as nsir_category,
            min(category.rank) as rank,
            min(category.rank) filter (category.nsir_category is not null) as named_rank
        from held_codes
        inner join ref_incident_category as category on held_codes.category_code = category.category_code
        where category.may_hide_crime
        group by held_codes.incident_id
    )

    select
        reported.incident_id,
        case
            when reported.is_duplicate then 'hidden_duplicate'
            when reported.offence_group = 'Violence against the person' then 'violence'
            when reported.offence_group = 'Sexual offences' then 'sexual'
            when reported.is_in_scope then 'other'
            when hiding.rank < hiding.named_rank then 'hidden_other'
            when hiding.nsir_category = 'Anti-social behaviour' then 'hidden_anti_social_behaviour'
            when hiding.nsir_category = 'Public safety and welfare' then 'hidden_public_safety'
            else 'hidden_other'
        end as stratum,  -- stratum it may be drawn from
        reported.is_duplicate or not reported.is_in_scope
            as may_hide,  -- whether that is of logs that may hide crime, outside the inspection scope
        reported.own_crime_count  -- crimes recorded since the report and linked to it; a duplicate's are its root's
    from reported
    left join hiding on reported.incident_id = hiding.incident_id
    where reported.is_duplicate or reported.is_in_scope or hiding.incident_id is not null;
