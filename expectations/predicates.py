"""The shapes of predicate that rules are made of. Each function gives the text of a SELECT of bad rows.

Every SELECT yields `_row` and `detail` (see `expectations.rule`). A NULL never breaks a rule unless the rule is about
absence: what a source does not deliver is shown as not available, not as an error.
"""

# A number that a spreadsheet has rewritten: the beat 5E02 becomes 5.00E+02, a long reference 2.022E+12.
SPREADSHEET_DAMAGE = r"^[0-9](\.[0-9]+)?E[+-][0-9]+$"


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def missing(extract: str, column: str) -> str:
    """Rows without a value in `column`."""
    return f"select _row, '{column} is empty' as detail from {extract} where {column} is null"


def repeated(extract: str, columns: tuple[str, ...]) -> str:
    """Rows whose values in `columns` stand on an earlier row already."""
    names = ", ".join(columns)
    return (
        f"select unnest(list(_row order by _row)[2:]) as _row,"
        f" concat_ws(' ', {names}) || ' occurs ' || count(*) || ' times' as detail"
        f" from {extract} where {' and '.join(f'{column} is not null' for column in columns)}"
        f" group by {names} having count(*) > 1"
    )


def not_allowed(extract: str, column: str, allowed: tuple[str, ...]) -> str:
    """Rows whose value in `column` is outside the closed list `allowed`."""
    values = ", ".join(quoted(value) for value in allowed)
    return f"select _row, '{column} is ' || {column} as detail from {extract} where {column} not in ({values})"


def unknown_code(extract: str, column: str, reference: str, code: str) -> str:
    """Rows whose code in `column` is not among the values of `code` in the table `reference`."""
    return (
        f"select _row, '{column} is ' || {column} as detail from {extract}"
        f" anti join {reference} on {extract}.{column} = {reference}.{code} where {column} is not null"
    )


def out_of_force(extract: str, column: str, moment: str, reference: str, code: str) -> str:
    """Rows whose code in `column` was not in force on the day (UTC) of `moment`, by the dates of the table
    `reference`."""
    return (
        f"select _row, concat_ws(' ', '{column}', {extract}.{column}, 'of', cast({moment} as date), 'was in force',"
        f" 'from ' || valid_from, 'until ' || valid_to) as detail"
        f" from {extract} inner join {reference} on {extract}.{column} = {reference}.{code}"
        f" where cast({moment} as date) < valid_from or cast({moment} as date) >= valid_to"
    )


def unknown_in_list(extract: str, column: str, reference: str, code: str) -> str:
    """Rows where one of the semicolon-separated codes in `column` is not a value of `code` in `reference`."""
    return (
        f"select _row, '{column} holds ' || string_agg(part, ', ' order by part) as detail"
        f" from (select _row, trim(unnest(string_split({column}, ';'))) as part from {extract}) as parts"
        f" anti join {reference} on part = {reference}.{code} where part <> '' group by _row"
    )


def unresolved(extract: str, column: str, target: str, key: str) -> str:
    """Rows whose `column` names a `target` record that does not exist. Holds where `target` has no rows at all."""
    return (
        f"select _row, '{column} is ' || {extract}.{column} as detail from {extract}"
        f" anti join (select {key} as target_key from {target}) as targets on {extract}.{column} = target_key"
        f" where {extract}.{column} is not null and exists (select 1 from {target})"
    )


def names_itself(extract: str, column: str, key: str) -> str:
    """Rows whose link in `column` points at the row itself."""
    return f"select _row, '{column} is ' || {column} as detail from {extract} where {column} = {key}"


def out_of_order(extract: str, first: str, then: str) -> str:
    """Rows whose moment `then` lies before the moment `first`, though it should follow."""
    return (
        f"select _row, concat('{then} ', {then}, ', {first} ', {first}, ' (UTC)') as detail"
        f" from {extract} where {then} < {first}"
    )


def beyond_cut(extract: str, columns: tuple[str, ...]) -> str:
    """Rows where one of the moments in `columns` lies after the data cut."""
    beyond = " or ".join(f"{column} > data_cut" for column in columns)
    late = ", ".join(f"case when {column} > data_cut then '{column} ' || {column} end" for column in columns)
    return (
        f"select _row, concat_ws(', ', {late}, 'data cut ' || data_cut || ' (UTC)') as detail"
        f" from {extract} cross join run_context where {beyond}"
    )


def damaged_by_spreadsheet(extract: str, columns: tuple[str, ...]) -> str:
    """Rows where one of the identifiers in `columns` was turned into a number such as 5.00E+02."""
    damaged = [f"regexp_matches({column}, '{SPREADSHEET_DAMAGE}')" for column in columns]
    values = ", ".join(
        f"case when {match} then '{column} is ' || {column} end" for column, match in zip(columns, damaged, strict=True)
    )
    return f"select _row, concat_ws(', ', {values}) as detail from {extract} where {' or '.join(damaged)}"


def behind(extract: str, moments: tuple[str, ...], other: str, other_moment: str, days: int) -> str:
    """One row when the latest moment of an extract, by the first of its `moments` that any row has, lies more than
    `days` before the latest of another extract."""
    latest = f"coalesce({', '.join(f'max({moment})' for moment in moments)})"
    return (
        "select null::bigint as _row,"
        f" concat('latest {extract} ', own.latest, ', latest {other} ', other.latest, ' (UTC)') as detail"
        f" from (select {latest} as latest from {extract}) as own"
        f" cross join (select max({other_moment}) as latest from {other}, run_context"
        f" where {other_moment} <= data_cut) as other"
        f" where own.latest < other.latest - interval {days} days"
    )


def empty(extract: str) -> str:
    """One row when the extract has no row although the previous run had some."""
    return (
        f"select null::bigint as _row, concat('no rows; the previous run loaded ', previous_{extract}) as detail"
        f" from run_context where previous_{extract} > 0 and not exists (select 1 from {extract})"
    )


def shrunk(extract: str, share: float) -> str:
    """One row when a full delivery has some rows, but fewer than `share` of what the previous run loaded."""
    return (
        f"select null::bigint as _row, concat(loaded, ' rows; the previous run loaded ', previous_{extract}) as detail"
        f" from run_context cross join (select count(*) as loaded from {extract}) as now"
        f" where is_full and loaded > 0 and loaded < {share} * previous_{extract}"
    )


def grown(extract: str, share: float) -> str:
    """One row when a full delivery has at least `share` times the rows that the previous run loaded."""
    return (
        f"select null::bigint as _row, concat(loaded, ' rows; the previous run loaded ', previous_{extract}) as detail"
        f" from run_context cross join (select count(*) as loaded from {extract}) as now"
        f" where is_full and previous_{extract} > 0 and loaded >= {share} * previous_{extract}"
    )


def after_silence(extract: str, column: str, days: int) -> str:
    """The first row after a stretch of more than `days` days in which the extract holds no row.

    A missing month shows here, and so does a date so wrong that it stands alone (a report of 2099 would otherwise set
    the data cut).
    """
    return (
        f"select _row, concat('nothing from ', previous_day, ' to ', day) as detail from ("
        f"select day, _row, lag(day) over (order by day) as previous_day from ("
        f"select {column}::date as day, min(_row) as _row from {extract} where {column} is not null group by day"
        f") as by_day) as days where day - previous_day > {days}"
    )


def without(extract: str, column: str, when: str, detail: str) -> str:
    """Rows that meet `when` but lack `column`, where the source delivers that column at all."""
    return (
        f"select _row, {quoted(detail)} as detail from {extract} where {when} and {column} is null"
        f" and exists (select 1 from {extract} where {column} is not null)"
    )


def meeting(extract: str, when: str, detail: str) -> str:
    """Rows that meet `when`, where that can be told by the row alone. `detail` is a list of SQL expressions."""
    return f"select _row, concat({detail}) as detail from {extract} where {when}"


def unresolved_together(extract: str, columns: tuple[str, ...], target: str) -> str:
    """Rows whose values in `columns` stand together on no row of `target`. Holds where `target` has no rows at all."""
    same = " and ".join(f"{extract}.{column} = target.{column}" for column in columns)
    values = ", ', ', ".join(f"'{column} is ', {extract}.{column}" for column in columns)
    return (
        f"select {extract}._row, concat({values}) as detail from {extract}"
        f" anti join {target} as target on {same} where exists (select 1 from {target})"
    )
