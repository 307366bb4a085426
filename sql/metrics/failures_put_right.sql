-- id: failures_put_right
-- title: Failures found by audit and put right
-- question: Of the crimes that an audit found unrecorded, how many have been put right since?
-- record: audit_crime
-- row: a crime that, to the auditor, a log drawn for an audit should have led to, and for which none stood recorded at
--   the cut of the draw; placed at the log's report
-- met: the force has put it right, at a time that the return gives
-- better: higher
-- serves: headline
-- kind: audited
-- needs: audit_crime.remedied_at, audit_crime.required_class, audit_stratum.cut_at
-- judges: taking
-- maturity: 180
-- caveats: A count of what was found and not an estimate: logs drawn because they may hide crime count too, for the
--   force owes it to every victim found. Failures found lately have had less time. Crimes of one log are judged
--   together, so that the interval is a little too narrow.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018
select
    audit_crime_id as record_id,  -- the audited crime
    reported_at as placed_at,  -- when the log's report was received
    district,  -- district of the log
    team_id,  -- team that took the report
    offence_group,  -- offence group of the class the auditor gives it
    is_domestic_abuse,  -- whether it is domestic abuse to the auditor
    channel,  -- channel of the report
    grade,  -- highest grade the log held
    remedied_at is not null as is_met  -- whether it has been put right
from fact_audit_crime
where not is_recorded and reported_at is not null
