-- id: reclassifications_with_authority
-- title: Lesser reclassifications with authority
-- question: Of the crimes brought to a lesser class or turned into a reported incident of rape, in how many did someone
--   independent of the investigation decide?
-- record: crime
-- row: a crime whose present class is lesser than its first, or N100 in place of a crime, reclassified at a known time;
--   placed at its last reclassification
-- met: decided by a designated decision maker or the registrar
-- better: higher
-- serves: cancellation
-- kind: compliance
-- needs: crime.offence_class, crime.first_offence_class, crime.reclassified_at, crime.reclassified_by_role
-- judges: recording
-- maturity: 30
-- caveats: Lesser means a shorter longest sentence, life apart where a class has others, or leaving rape and homicide;
--   classes whose sentences are not known are not counted. Of several reclassifications only the last has its time and
--   role in the extract. Which roles may decide is practice. The team is the one that recorded the crime, not the
--   person who decided.
-- source: Home Office Crime Recording Rules 2026/27; the order of classes and the roles are practice
select
    crime_ref as record_id,  -- the crime
    reclassified_at as placed_at,  -- when the crime was last reclassified
    district,  -- district of the crime
    team_id,  -- team that recorded the crime
    offence_group,  -- offence group of the crime
    is_domestic_abuse,  -- whether the crime is flagged as domestic abuse
    channel,  -- channel of the first report
    grade,  -- highest grade the first report held
    coalesce(reclassified_by_role in ('decision_maker', 'registrar'), false)
        as is_met  -- whether an independent role decided it
from fact_crime
where is_lesser and reclassified_at is not null
