-- id: closures_supervised
-- title: Closures checked by a supervisor
-- question: Of the closures of in-scope logs, how many did a supervisor check?
-- record: closure
-- row: the last closure of an incident log in scope that is closed, duplicates included; placed at the closure
-- met: a supervisor checked this closure, whatever the check covered
-- better: higher
-- serves: R1a
-- kind: supervision
-- needs: incident.closure_checked_at, incident.first_closed_at or incident.closed_at
-- judges: closing
-- maturity: 30
-- caveats: The extract holds one check a log: a check of an earlier closure may have been overwritten, so that only the
--   last closure is judged. A log returned, corrected and closed again counts as unchecked until it is checked again.
--   Says nothing of what the check covered or whether it was right.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R1a
select
    closure_id as record_id,  -- the closure
    closed_at as placed_at,  -- when the log was closed
    district,  -- district of the log
    team_id,  -- team that took the report; the extract does not say which team closed it
    offence_group,  -- offence group the log's codes indicate
    is_domestic_abuse,  -- whether the log is flagged as domestic abuse
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    is_checked as is_met  -- whether a supervisor checked the closure
from fact_closure
where is_in_scope and is_last
