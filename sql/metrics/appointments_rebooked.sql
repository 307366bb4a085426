-- id: appointments_rebooked
-- title: Appointments booked again
-- question: Of the appointments whose time has come, how many had been booked before, and how often?
-- record: appointment
-- row: a chain of diary entries, each booked in place of the one before, whose last entry's time is over at the data
--   cut, or whose last entry has no time and is no longer booked; placed at the time the last entry was to begin, else
--   at its booking
-- met: the chain holds more than one entry
-- better: lower
-- serves: R1c
-- kind: appointments
-- needs: appointment.replaces, appointment.starts_at
-- judges: attending
-- maturity: 60
-- measure: diary entries in the chain
-- caveats: Some appointments are moved because the victim asks for it. Judged by the team of the last entry. Chains
--   that turn in a circle have no last entry and are not counted. An entry replaced but not delivered counts in its
--   chain; an entry said to replace itself replaces none.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1c
select
    appointment_id as record_id,  -- the diary entry
    coalesce(starts_at, booked_at) as placed_at,  -- when it was to begin; where not given, when it was booked
    district,  -- district of the log the entry was made for
    team_id,  -- team that was to keep the appointment
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    chain_length > 1 as is_met,  -- whether it took more than one entry
    cast(chain_length as double) as measure  -- diary entries in the chain
from fact_appointment
where is_due and not is_replaced and coalesce(starts_at, booked_at) is not null
