-- what: the tables of a snapshot that the run fills: its own account, the metrics, their cells and totals
create table snapshot_info (
    layout integer default 4,  -- which tables and columns the snapshot has; the door opens what it knows
    run varchar,  -- the run that built the snapshot
    profile varchar,  -- profile the source was read with
    source_name varchar,  -- name of the source: the force
    data_cut timestamp,  -- "now" for every figure, UTC
    time_zone varchar,  -- the force's time zone
    is_synthetic boolean,  -- whether the data is made up
    built_with varchar  -- versions of the software, as JSON
);

create table extract_delivery (
    extract varchar,  -- name of the extract
    is_delivered boolean,  -- whether the source delivered any file of it
    read bigint,  -- rows read
    loaded bigint,  -- rows that stand
    superseded bigint,  -- rows that a later row with the same key replaced
    rejected bigint,  -- rows set aside
    carried bigint,  -- rows that stand from earlier deliveries
    data_cut timestamp  -- latest moment of the extract, UTC
);

create table file_delivery (
    extract varchar,  -- name of the extract
    file varchar,  -- name of the file
    sha256 varchar,  -- hash of its content
    bytes bigint,  -- its size
    read bigint,  -- rows read
    loaded bigint,  -- rows that stand
    superseded bigint,  -- rows that a later row with the same key replaced
    rejected bigint  -- rows set aside
);

create table delivery_note (
    extract varchar,  -- name of the extract
    note varchar  -- what was noticed in reading it: unused columns, times in the hour the clocks repeat, ...
);

create table data_dictionary (
    extract varchar,  -- name of the extract
    column_name varchar,  -- name of the column
    position integer,  -- place of the column in the extract
    kind varchar,  -- text, code, moment, flag or count
    meaning varchar,  -- what the column means
    is_required boolean,  -- whether a source must deliver it
    allowed varchar[],  -- values allowed, where the vocabulary is closed
    is_delivered boolean,  -- whether at least one row holds a value
    filled bigint  -- rows that hold a value
);

create table reject (
    extract varchar,  -- name of the extract
    file varchar,  -- file the row stood in
    line bigint,  -- line of the file
    reason varchar,  -- why the row was set aside
    original varchar,  -- the row's text, its first 2,000 characters
    original_length bigint  -- length of the whole text, kept in the stage
);

create table check_result (
    rule_id varchar,  -- the expectation
    extract varchar,  -- extract it judges
    severity varchar,  -- stop, reject or warn
    reason varchar,  -- why it matters
    is_met boolean,  -- the verdict
    bad_rows bigint,  -- rows that break it
    evaluated bigint  -- rows it was asked of
);

create table check_failure (
    rule_id varchar,  -- the expectation
    extract varchar,  -- extract of the row
    record_id varchar,  -- key of the row
    file varchar,  -- file it stood in
    line bigint,  -- line of the file
    detail varchar  -- the values that break the expectation
);

create table run_history (
    run varchar,  -- the run
    started_at timestamp,  -- when it began, UTC, by the clock of the machine
    finished_at timestamp,  -- when it ended
    outcome varchar,  -- published, refused, failed or checked
    seconds double,  -- how long it took
    message varchar  -- what it said
);

create table metric (
    metric_id varchar,  -- the metric
    title varchar,  -- its title on screen
    question varchar,  -- the question it answers
    record varchar,  -- the fact its rows come from
    row_meaning varchar,  -- what one row is
    met varchar,  -- when a row meets it
    better varchar,  -- higher, lower or neither
    serves varchar,  -- the headline or the recommendations it answers
    kind varchar,  -- screening, timeliness, ...
    target double,  -- target in percent, where there is one
    measure varchar,  -- what its measure is, where it has one
    also_by varchar,  -- its own column that figures can be told apart by, where it has one
    judges varchar,  -- the team it judges: taking, attending, closing, recording, or own, of a member of staff
    maturity_days integer,  -- days after which a period no longer moves
    caveats varchar,  -- what to bear in mind
    source varchar,  -- where its definition comes from
    needs varchar[],  -- columns and targets it needs
    missing varchar[],  -- those that the source lacks
    is_available boolean,  -- whether it can be computed
    position integer,  -- place in the list
    sql varchar,  -- the SELECT of its records
    columns varchar  -- what each output column means, as JSON
);

create table metric_cell (
    metric_id varchar,  -- the metric
    month date,  -- first day of the local month
    week date,  -- Monday of the local week
    district varchar,  -- district; empty also where the records lack it, as are the dimensions below
    team_id varchar,  -- team
    offence_group varchar,  -- offence group
    is_domestic_abuse boolean,  -- whether domestic abuse is flagged
    channel varchar,  -- channel
    grade varchar,  -- grade
    is_of_grade boolean,  -- whether the cell counts one grade, with all the other dimensions left out; else grade is
    met bigint,  -- records that meet the metric
    counted bigint  -- records counted
);

create table metric_total (
    metric_id varchar,  -- the metric
    grain varchar,  -- all, month or week
    period date,  -- first day of the month or the week
    dimension varchar,  -- force, or the dimension
    value varchar,  -- value of the dimension
    met bigint,  -- records that meet the metric
    counted bigint  -- records counted
);

create table method (
    name varchar,  -- file of sql/trends: macros that readers call on, or a table of estimates
    position integer,  -- place in the list
    what varchar,  -- what it computes
    row_meaning varchar,  -- what one row of its result is; empty where it yields a value
    text varchar  -- the whole file: formulas, choices and SQL
);
