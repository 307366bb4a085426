-- id: cancellations_right_authority
-- title: Cancellations decided by the right authority
-- question: Of the crimes cancelled as C2 to C5, how many were decided by someone independent of the investigation, and
--   by the registrar where a rape or a homicide was cancelled as C2?
-- record: crime
-- row: a crime cancelled under C2, C3, C4 or C5 at a known time, other than a record that was a reported incident of
--   rape (N100) throughout; placed at its cancellation
-- met: decided by a designated decision maker or the registrar; by the registrar alone for C2 where the class, now or
--   at first recording, is rape or homicide
-- better: higher
-- serves: cancellation
-- kind: compliance
-- needs: crime.cancelled_at, crime.cancellation_code, crime.cancelled_by_role, crime.offence_class or
--   crime.offence_code
-- judges: recording
-- maturity: 30
-- caveats: Says who decided, not whether the decision was right: that takes an audit. C1, a transfer, makes no such
--   demand. A cancellation without a role counts as not met; one without a code or a time is not counted. Where the
--   source gives no class at first recording, a rape or homicide reclassified before its cancellation is not known as
--   one. The team is the one that recorded the crime, not the person who decided.
-- source: Home Office Crime Recording Rules 2026/27, p25
select
    crime_ref as record_id,  -- the crime
    cancelled_at as placed_at,  -- when the crime was cancelled
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    coalesce(
        cancelled_by_role = 'registrar'
        or (
            cancelled_by_role = 'decision_maker'
            and not (
                cancellation_code = 'C2'
                and (
                    coalesce(offence_family in ('rape', 'homicide'), false)
                    or coalesce(first_offence_family in ('rape', 'homicide'), false)
                )
            )
        ),
        false
    ) as is_met  -- whether someone entitled to it decided the cancellation
from fact_crime
where
    cancelled_at is not null
    and cancellation_code in ('C2', 'C3', 'C4', 'C5')
    and not (is_n100 and is_first_n100)
