"""Delimited text: each line is a row or a reject, whatever is done to it; sound rows come out as Python reads them."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import csv_structure
from pipelines.reading.csv_structure import find_structure, n_fields_of
from pipelines.reading.inspect_file import CHUNK, LONGEST_RECORD, inspect
from pipelines.reading.read_csv import read_header
from pipelines.refusal import SourceRefused
from tests.pipelines.sources import GOOD, HEADER, assert_balanced, lines, rejects, stage_files, typed

FIELD = st.text(st.sampled_from(list('ab1 ,;"\n')), max_size=6)
RECORD = st.tuples(FIELD, FIELD, FIELD)


def written(records: list[tuple[str, ...]], quoting: int = csv.QUOTE_MINIMAL) -> str:
    """An incident file with these channels, districts and reasons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type] - drawn as an int
    writer.writerow(HEADER.split(","))
    for number, record in enumerate(records):
        writer.writerow((f"A{number}", "2019-06-01T10:00:00Z", *record))
    return out.getvalue()


@settings(max_examples=30, deadline=None)
@given(st.lists(RECORD, max_size=8), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_sound_files_come_out_as_python_reads_them(records: list[tuple[str, ...]], quoting: int) -> None:
    with TemporaryDirectory() as folder:
        staged = stage_files(Path(folder), {"incident.csv": written(records, quoting)})
        rows = typed(staged).sort("_row").select("channel", "district", "regrade_reason").rows()
        assert_balanced(staged)
    assert rows == [tuple(field.strip() or None for field in record) for record in records]


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, max_size=8), st.lists(st.tuples(st.integers(0, 400), st.sampled_from('",\n\rx')), max_size=4))
def test_damaged_files_lose_no_line(records: list[tuple[str, ...]], damage: list[tuple[int, str]]) -> None:
    text = written(records)
    head, body = text.split("\n", 1)
    for place, character in damage:
        at = place % (len(body) + 1)
        body = body[:at] + character + body[at:]
    body = body.replace("\r\n", "\n")
    with TemporaryDirectory() as folder:
        try:
            staged = stage_files(Path(folder), {"incident.csv": f"{head}\n{body}"})
        except SourceRefused:  # nothing could be read: that is for the tests of bad input
            return
        assert_balanced(staged)
        set_aside = rejects(staged)
        starts = typed(staged)["_line"].to_list() + [line for line, _, _ in set_aside]
    assert len(starts) == len(set(starts))
    held = body.split("\n")
    for line, _, original in set_aside:
        assert original.split("\n") == [text.rstrip("\r") for text in held[line - 2 :]][: original.count("\n") + 1]


def structure(tmp_path: Path, text: str, n_fields: int = 3) -> csv_structure.Structure:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode())
    return find_structure(path, ",", n_fields, 1, facts=inspect(path), lost={})


def test_structure_of_records_over_several_lines(tmp_path: Path) -> None:
    found = structure(tmp_path, 'a,b,c\n1,"x\n\ny",2\n3,4,5\n6,"7\n8",9\n')
    assert found.spans.rows() == [(2, 4), (6, 7)]
    assert found.broken.is_empty()
    assert found.blank.is_empty()
    assert not found.is_plain(1)


def test_a_record_does_not_run_over_more_lines_than_any_record_would(tmp_path: Path) -> None:
    text = "a,b,c\n" + '1,"x' + "\ny" * csv_structure.LONGEST_SPAN + '\n",2\n'
    found = structure(tmp_path, text)
    assert found.spans.is_empty()
    assert found.broken.height == csv_structure.LONGEST_SPAN + 2


@pytest.mark.parametrize(
    ("record", "fields"),
    [("a,b", 2), ("", 1), (",", 2), ('"a,b"', 1), ('"a""b",c', 2), ('"a\nb",c', 2), ('a"b,c', None), ('"a"b,c', None),
     ('"a', None), ('""', 1), ('"",""', 2), (' "a",b', None)],
)  # fmt: skip
def test_fields_of_one_record(record: str, fields: int | None) -> None:
    assert n_fields_of(record, ",") == fields


def test_header_over_several_lines_after_blank_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b'\xef\xbb\xbf\r\n\r\n incident_id ,"reported\r\nat",\r\nA,B,C\r\n')
    header = read_header(path, path.name, None, {"incident_id"})
    assert header.columns == ("incident_id", "reported\nat", "(unnamed 3)")
    assert header.n_lines == 4


def test_the_delimiter_is_the_one_that_finds_most_of_the_names(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("incident_id;a,b,c,d;reported_at\n", encoding="utf-8")
    assert read_header(path, path.name, None, {"incident_id", "reported_at"}).delimiter == ";"


@pytest.mark.parametrize("n_over", [0, 1])
def test_the_longest_record(tmp_path: Path, n_over: int) -> None:
    row = GOOD.replace("none", "x" * (LONGEST_RECORD - len(GOOD) + 4 + n_over))
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, row, GOOD)})
    assert len(rejects(staged)) == n_over
    assert_balanced(staged)


@pytest.mark.parametrize("place", range(0, CHUNK, CHUNK // 3))
def test_a_line_that_is_too_long_is_seen_wherever_it_begins(tmp_path: Path, place: int) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"y" * place + b"\n" + b"x" * LONGEST_RECORD + b"\n")
    assert inspect(path).has_long_lines


def test_over_long_line_inside_a_record_over_several(tmp_path: Path) -> None:
    row = f'A2,2019-06-01T10:00Z,999,"x\n{"y" * (LONGEST_RECORD + 1)}\nz",none'
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, row, GOOD)})
    assert "".join(original for _, _, original in rejects(staged)).count("y") == LONGEST_RECORD + 1
    assert typed(staged)["_line"].to_list() == [2, 6]
    assert_balanced(staged)


def test_only_lines_are_counted_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    for content, n_lines in [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"\n\n", 2)]:
        path.write_bytes(content)
        assert inspect(path).n_lines == n_lines


def test_characters_across_a_chunk_are_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"x" * (CHUNK - 1) + "é\n".encode() + b"x" * CHUNK)
    assert inspect(path).is_utf8
    path.write_bytes(b"x" * (CHUNK - 1) + "é".encode()[:1])
    assert not inspect(path).is_utf8
