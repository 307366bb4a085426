-- id: late_approved
-- title: Late crimes with an approved reason
-- question: Of the crimes recorded after the limit, how many hold a reason that someone independent of the
--   investigation approved?
-- record: crime
-- row: a crime recorded after the limit, other than one cancelled as part of another that stands (C3) and one that is
--   or began as a reported incident of rape (N100); placed at its receipt
-- met: a reason for the delay is given and a designated decision maker or the registrar approved it
-- better: higher
-- serves: headline
-- kind: compliance
-- needs: crime.recorded_at, crime.late_reason, crime.late_approved_by_role
-- judges: recording
-- maturity: 90
-- caveats: An approved reason does not make a late record timely. Which roles may approve is practice.
-- source: Home Office Crime Recording Rules 2026/27, p10; the approval is practice
select
    crime_ref as record_id,  -- the crime
    received_at as placed_at,  -- when the force first received the report
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    late_reason is not null
    and coalesce(late_approved_by_role in ('decision_maker', 'registrar'), false)
        as is_met  -- whether a reason is given and an independent role approved it
from fact_crime
where is_time_judged and not is_recorded_in_time
