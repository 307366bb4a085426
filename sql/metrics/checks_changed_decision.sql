-- id: checks_changed_decision
-- title: Checks that changed the decision
-- question: Of the checks that covered crime recording, how many led to a crime being recorded?
-- record: closure
-- row: a closure whose check covered crime recording, in scope or not; placed at the check
-- met: a crime was recorded because of the check
-- better: neither
-- serves: R1a
-- kind: descriptive
-- needs: incident.closure_checked_at, incident.closure_check_result, incident.first_closed_at or incident.closed_at
-- judges: closing
-- maturity: 30
-- caveats: A low share may mean few errors or checks that find none. Supervisors choose what they check, so this is no
--   estimate of how often closures are wrong.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1a
select
    closure_id as record_id,  -- the closure
    checked_at as placed_at,  -- when the closure was checked
    district,  -- district of the log
    team_id,  -- team that took the report; the extract does not say which team closed it
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    check_result = 'changed' as is_met  -- whether a crime was recorded because of the check
from fact_closure
where is_checked and check_result in ('agreed', 'changed', 'returned')
