"""Reading a metric file: a header that is whole, or a message with every mistake."""

from pathlib import Path

import pytest

from pipelines.build import SQL
from pipelines.metric_file import OUTPUT, MetricFileError, column_meanings, read_metric, read_metrics

HEADER = {
    "id": "example",
    "title": "An example",
    "question": "How many of: which?",
    "record": "crime",
    "row": "a crime",
    "met": "it is",
    "better": "higher",
    "serves": "headline",
    "kind": "timeliness",
    "needs": "crime.recorded_at, crime.incident_id or incident.crime_ref",
    "judges": "recording",
    "maturity": "90",
}
BODY = "select\n" + "".join(f"    a as {name},  -- what {name} is\n" for name in (*OUTPUT, "measure", "offence_code"))
BODY += "from fact_crime;\n"


def written(folder: Path, header: dict[str, str], body: str = BODY) -> Path:
    path = folder / "example.sql"
    path.write_text("".join(f"-- {key}: {value}\n" for key, value in header.items()) + body, "utf-8")
    return path


def test_a_whole_header_is_read(tmp_path: Path) -> None:
    given = {
        **HEADER,
        "target": "95.5",
        "measure": "hours, to the second",
        "also_by": "offence_code",
        "caveats": "first line\n--   second line: with a colon\n--   third",
        "source": "CRR p10",
    }
    metric = read_metric(written(tmp_path, given))
    assert (metric.metric_id, metric.title, metric.question) == ("example", "An example", "How many of: which?")
    assert metric.needs == ("crime.recorded_at", "crime.incident_id or incident.crime_ref")
    assert (metric.target, metric.maturity_days, metric.measure) == (95.5, 90, "hours, to the second")
    assert metric.also_by == "offence_code"
    assert metric.caveats == "first line second line: with a colon third"
    assert metric.sql == BODY.removesuffix(";\n")
    assert metric.columns["record_id"] == "what record_id is"


def test_what_is_optional_may_be_missing(tmp_path: Path) -> None:
    metric = read_metric(written(tmp_path, HEADER))
    assert (metric.target, metric.measure, metric.also_by, metric.caveats, metric.source) == (None, None, None, "", "")


@pytest.mark.parametrize("key", HEADER)
def test_what_is_required_is_asked_for(tmp_path: Path, key: str) -> None:
    for header in ({k: v for k, v in HEADER.items() if k != key}, {**HEADER, key: ""}):
        with pytest.raises(MetricFileError, match=rf"^example\.sql: the header lacks `{key}`"):
            read_metric(written(tmp_path, header))


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"record": "team"}, "`record` is 'team'; it must be one of incident, crime, appointment, closure, "),
        ({"better": "up"}, "`better` is 'up'; it must be one of higher, lower, neither"),
        ({"kind": "audted"}, "`kind` is 'audted'; it must be one of screening, "),
        ({"serves": "headlne, R1a"}, "`serves` has 'headlne'; there are headline, cancellation, R1a, "),
        ({"needs": "crime.x or crime.incident_idd"}, "extract and no target (did you mean crime.incident_id?)"),
        ({"needs": "target.x, ???"}, "`needs` has '???', which is no column of an extract and no target."),
        ({"measure": "hours", "also_by": "own_code"}, "the SELECT lacks own_code, each with what it means"),
        ({"judges": "nobody"}, "`judges` is 'nobody'; it must be one of taking, attending, closing, recording, own"),
        ({"id": "other"}, "`id` is 'other' but the file is named 'example'"),
        ({"maturity": "soon"}, "`maturity` is 'soon'; it must be a whole number of days"),
        ({"maturity": "3.5"}, "`maturity` is '3.5'; it must be a whole number of days"),
        ({"maturity": "-1"}, "`maturity` is '-1'; it must be a whole number of days"),
        ({"target": "95 %"}, "`target` is '95 %'; it must be a number"),
        ({"colour": "red"}, "the header has an unknown key `colour`"),
        ({"title": "An example\n-- title: Another"}, "the header gives `title` twice"),
        ({"title": "An example\n--a comment"}, "the header line '--a comment' is neither"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, change: dict[str, str], mistake: str) -> None:
    with pytest.raises(MetricFileError) as raised:
        read_metric(written(tmp_path, {**HEADER, **change}))
    assert mistake in str(raised.value)
    assert "example.sql" in str(raised.value)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(MetricFileError) as raised:
        read_metric(written(tmp_path, {**HEADER, "record": "team", "better": "up", "title": ""}))
    assert all(f"`{key}`" in str(raised.value) for key in ("record", "better", "title"))


@pytest.mark.parametrize("body", ["", "\n", ";"])
def test_a_header_without_a_select_is_a_mistake(tmp_path: Path, body: str) -> None:
    with pytest.raises(MetricFileError, match="no SELECT"):
        read_metric(written(tmp_path, HEADER, body))


def test_every_column_that_readers_ask_of_a_metric_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(MetricFileError, match="the SELECT lacks grade, measure, each with what it means in a comment"):
        body = "".join(line for line in BODY.splitlines(True) if " grade," not in line and " measure," not in line)
        read_metric(written(tmp_path, {**HEADER, "measure": "hours"}, body))


def test_a_continuation_without_a_key_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "example.sql"
    path.write_text("--   of nothing\n" + written(tmp_path, HEADER).read_text("utf-8"), "utf-8")
    with pytest.raises(MetricFileError, match="of nothing"):
        read_metric(path)


def test_the_meaning_of_a_column_stands_behind_it() -> None:
    meanings = column_meanings(
        """
        -- not a column,  -- at all
        select
            log.plain,  -- taken as it is
            placed_at - interval 1 day as earlier,  -- with a minus - and a hyphen
            'a-b' as text,  -- a text
            case when x then y end as chosen,  -- case
            coalesce(
                a, b
            ) as several_lines,  -- over several lines
            not_said,
            last  -- without a comma
        from log
        """
    )
    assert meanings == {
        "plain": "taken as it is",
        "earlier": "with a minus - and a hyphen",
        "text": "a text",
        "chosen": "case",
        "several_lines": "over several lines",
        "last": "without a comma",
    }


def test_the_metrics_come_in_the_order_of_their_ids() -> None:
    ids = [metric.metric_id for metric in read_metrics(SQL / "metrics")]
    assert ids == sorted(ids)
    assert len(ids) > 30
