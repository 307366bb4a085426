-- id: trained_passing_on
-- title: Staff trained in passing everything on
-- question: Of the staff whose role needs it, how many hold current training in passing everything on to the officers
--   deployed?
-- record: training
-- row: a member of staff in post at the data cut and a module for R3d that the role needs; placed at the data cut
-- met: the module was completed and has not expired at the data cut
-- better: higher
-- serves: R3d
-- kind: training
-- also_by: module
-- needs: training.completed_at, staff.role
-- judges: own
-- maturity: 0
-- caveats: A stock at the data cut, with no trend: earlier snapshots hold how it stood then. Training attended is no
--   proof of what was learnt. Which roles need which module is the force's own judgement, a reference table. Who left
--   before the data cut is not counted.
-- source: HMICFRS, Cleveland Police: Crime Data Integrity inspection 2018, recommendation R3d; modules and roles are
--   configuration
select
    training.training_id as record_id,  -- the member of staff and the module
    snapshot_info.data_cut as placed_at,  -- the data cut
    training.district,  -- district of the team
    training.team_id,  -- team the member of staff belongs to
    cast(null as varchar) as offence_group,  -- none: training is not of one offence
    cast(null as boolean) as is_domestic_abuse,  -- none
    cast(null as varchar) as channel,  -- none
    cast(null as varchar) as grade,  -- none
    training.module,  -- the module
    training.is_current as is_met  -- whether the training is current at the data cut
from fact_training as training
cross join snapshot_info
where training.serves = 'R3d'
