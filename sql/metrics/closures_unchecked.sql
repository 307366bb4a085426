-- id: closures_unchecked
-- title: Unchecked closures without a crime
-- question: How many in-scope logs were closed without a crime and still await a supervisor's check, and for how long?
-- record: closure
-- row: the last closure of a closed incident log in scope whose report has no crime, explained, unexplained or still
--   pending; placed at the closure
-- met: no supervisor has checked this closure by the data cut
-- better: lower
-- serves: R1a
-- kind: backlog
-- needs: incident.closure_checked_at, incident.first_closed_at or incident.closed_at, crime.crime_ref,
--   crime.incident_id or incident.crime_ref, incident.opening_code or incident.closing_code or incident.qualifiers
-- judges: closing
-- maturity: 30
-- measure: days from the closure to the data cut, for those unchecked
-- caveats: The backlog as it stands at the data cut: it shrinks as checks are made, and recent closures have had less
--   time. The extract holds one check a log: a check of an earlier closure may have been overwritten, so that only the
--   last closure is judged.
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
    not is_checked as is_met,  -- whether no supervisor has checked the closure
    case
        when not is_checked then greatest(date_diff('microsecond', closed_at, snapshot_info.data_cut), 0) / 864e8
    end as measure  -- days unchecked by the data cut; empty where checked
from fact_closure
cross join snapshot_info
where
    recording_state in ('explained', 'unexplained', 'pending')
    and is_last
