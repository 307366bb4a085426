"""Every kind of bad input: a clear refusal, or rows set aside and counted. Nothing is lost, nothing is guessed."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.profile import load_profile
from pipelines.reading.delivery import Delivery
from pipelines.reading.stage import stage
from pipelines.refusal import SourceNotFound, SourceRefused
from tests.pipelines.sources import GOOD, HEADER, assert_balanced, lines, rejects, stage_files, typed, write

SEMICOLONS = """
name = "own"
description = "A source with semicolons"
time_zone = "Europe/London"
[extract.incident]
files = ["*.csv"]
delimiter = ";"
"""
CODES = """
name = "own"
description = "A source with codes of its own"
time_zone = "Europe/London"
[extract.incident]
files = ["*.csv"]
codes.channel = { PHONE = "101" }
unmapped.channel = "{policy}"
"""


def refusal(tmp_path: Path, files: dict[str, str | bytes], profile: str = "canonical") -> str:
    with pytest.raises(SourceRefused) as refused:
        stage_files(tmp_path, files, profile)
    assert not list((tmp_path / "r1").glob("*.copy"))
    return str(refused.value)


# Files that are no files of ours


def test_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="nowhere: there is no such folder; give the folder"):
        stage(
            Delivery(tmp_path / "nowhere", load_profile("canonical")), tmp_path / "r1", staff_key=b"key", report=print
        )


def test_file_in_place_of_a_folder(tmp_path: Path) -> None:
    file = write(tmp_path, {"incident.csv": lines(GOOD)}) / "incident.csv"
    with pytest.raises(SourceNotFound, match=r"incident\.csv is a file; give the folder"):
        stage(Delivery(file, load_profile("canonical")), tmp_path / "r1", staff_key=b"key", report=print)


def test_something_else_by_the_name_of_an_extract(tmp_path: Path) -> None:
    source = write(tmp_path, {"incident.csv": lines(GOOD)})
    (source / "crime.csv").symlink_to(tmp_path / "gone.csv")
    with pytest.raises(SourceNotFound, match=r"crime\.csv is no file that can be read, as of a broken link"):
        stage(Delivery(source, load_profile("canonical")), tmp_path / "r1", staff_key=b"key", report=print)


def test_folder_without_a_file_of_the_profile(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound) as missing:
        stage_files(tmp_path, {"log.txt": "x"})
    assert "no file is one that profile canonical reads" in str(missing.value)
    assert "the folder holds log.txt" in str(missing.value)


def test_empty_file(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"incident.csv": b""}).startswith("incident.csv is empty (0 bytes)")


def test_blank_lines_alone(tmp_path: Path) -> None:
    assert "holds nothing but blank lines" in refusal(tmp_path, {"incident.csv": "\n \n\n"})


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_header_alone_is_a_delivery_of_no_rows(tmp_path: Path, end: str) -> None:
    staged = stage_files(tmp_path, {"incident.csv": HEADER + end})
    incident = staged.extracts["incident"]
    assert (incident.is_delivered, incident.read, incident.rejected) == (True, 0, 0)
    assert "incident.csv: holds no rows" in incident.notes
    assert typed(staged).height == 0
    assert not staged.extracts["crime"].is_delivered


def test_all_refusals_of_a_delivery_come_together(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"incident.csv": b"", "crime.csv": "a,b\n1,2\n"})
    assert [line.split()[0] for line in said.splitlines()] == ["incident.csv", "crime.csv"]


@pytest.mark.parametrize(("head", "kind"), [(b"PK\x03\x04", "workbook"), (b"PAR1", "Parquet"), (b"\x1f\x8b", "gzip")])
def test_other_formats_under_the_name_of_text(tmp_path: Path, head: bytes, kind: str) -> None:
    assert kind in refusal(tmp_path, {"incident.csv": head + b"rest\n"})


@pytest.mark.parametrize("name", ["incident.parquet", "incident.xlsx"])
def test_damaged_parquet_and_workbook(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, {name: b"PAR1 cut off"}).startswith(f"{name} cannot be read as")


def test_parquet_damaged_within(tmp_path: Path) -> None:
    write(tmp_path, {})
    pl.DataFrame({"incident_id": ["A1"] * 5_000, "reported_at": ["2019-06-01T10:00Z"] * 5_000}).write_parquet(
        tmp_path / "whole", compression="snappy"
    )
    content = bytearray((tmp_path / "whole").read_bytes())
    content[20:60] = b"x" * 40  # of a page; the footer, which says what there is, is whole
    said = refusal(tmp_path / "source", {"incident.parquet": bytes(content)})
    assert said.startswith("incident.parquet: damaged, as it cannot be read whole")


# Headers


def test_missing_required_column(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"incident.csv": "incident_id,when\nA1,2019-06-01T10:00Z\n"})
    assert said.startswith(
        "incident.csv lacks reported_at, which incident cannot do without; its columns are incident_id, when."
    )


def test_columns_of_another_profile(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"incident.csv": "item_number,TimeCreate\nA1,1/1/2022 10:00\n"})
    assert said.endswith("Profile new_orleans_2022 fits these columns: refresh with --profile new_orleans_2022.")


def test_wrong_delimiter_in_the_profile(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"incident.csv": lines(GOOD)}, SEMICOLONS)
    assert said.endswith("It looks separated by comma: set `delimiter` in profile own accordingly.")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f"])
def test_delimiter_is_found_from_the_header(tmp_path: Path, delimiter: str) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD).replace(",", delimiter)})
    assert typed(staged)["district"].to_list() == ["North"]


def test_a_sign_within_a_name_is_no_delimiter_while_a_usual_one_finds_as_many_columns(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD).replace("channel", "Source (call/web)")})
    assert staged.extracts["incident"].notes == ("incident.csv: columns not used: Source (call/web)",)
    assert typed(staged)["district"].to_list() == ["North"]


def test_column_named_twice(tmp_path: Path) -> None:
    assert "names district twice" in refusal(tmp_path, {"incident.csv": f"{HEADER},district\n{GOOD},x\n"})


def test_unknown_columns_are_noted_and_left(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": f"{HEADER},colour\n{GOOD},red\n"})
    assert staged.extracts["incident"].notes == ("incident.csv: columns not used: colour",)


# Lines that are no records


def test_fields_too_few_and_too_many(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, "A2,2019-06-01T10:00Z", f"{GOOD},more", GOOD)})
    assert rejects(staged) == [
        (3, "has 2 fields where the header has 5", "A2,2019-06-01T10:00Z"),
        (4, "has 6 fields where the header has 5", f"{GOOD},more"),
    ]
    assert typed(staged)["_line"].to_list() == [2, 5]
    assert_balanced(staged)


def test_quote_that_is_never_closed_costs_its_own_line_alone(tmp_path: Path) -> None:
    broken = 'A2,2019-06-01T10:00Z,999,"North,none'
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, broken, *[GOOD] * 500)})
    assert rejects(staged) == [(3, "a quote is opened and not closed", broken)]
    assert typed(staged).height == 501
    assert_balanced(staged)


def test_two_unclosed_quotes_do_not_make_one_record(tmp_path: Path) -> None:
    first, second = 'A2,2019-06-01T10:00Z,999,"North,none', 'A3,2019-06-01T10:00Z,999,South",none'
    staged = stage_files(tmp_path, {"incident.csv": lines(first, GOOD, second, GOOD)})
    assert [line for line, _, _ in rejects(staged)] == [2, 4]
    assert typed(staged)["_line"].to_list() == [3, 5]
    assert_balanced(staged)


def test_quote_in_the_middle_of_a_field(tmp_path: Path) -> None:
    broken = 'A2,2019-06-01T10:00Z,999,No"rt"h,none'
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, broken)})
    assert rejects(staged) == [(3, "a quote stands in the middle of a field", broken)]
    assert_balanced(staged)


def test_quoted_delimiters_quotes_and_line_ends_are_text(tmp_path: Path) -> None:
    record = 'A2,2019-06-01T10:00Z,999,"North, ""upper""\n\nside;"\r\n'
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD) + record.replace("\r\n", ",none\r\n") + GOOD + "\n"})
    assert typed(staged).select("district", "_line").rows() == [
        ("North", 2),
        ('North, "upper"\n\nside;', 3),
        ("North", 6),
    ]
    assert rejects(staged) == []
    assert_balanced(staged)


def test_reject_of_a_record_over_several_lines_keeps_all_of_it(tmp_path: Path) -> None:
    record = 'A2,yesterday,999,"North\nside",none'
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, record, GOOD)})
    assert [(line, original) for line, _, original in rejects(staged)] == [(3, record)]
    assert_balanced(staged)


@pytest.mark.parametrize("cut", ["A2,2019-06-01T10:0", 'A2,2019-06-01T10:00Z,999,"Nor', "A2"])
def test_truncated_last_line(tmp_path: Path, cut: str) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD) + cut})
    assert [(line, original) for line, _, original in rejects(staged)] == [(3, cut)]
    assert typed(staged).height == 1
    assert_balanced(staged)


def test_blank_lines_and_windows_line_ends(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": "\r\n" + lines(GOOD, "", "  ", GOOD, "", end="\r\n")})
    assert typed(staged).select("regrade_reason", "_line").rows() == [("none", 3), ("none", 6)]
    assert staged.extracts["incident"].notes == ("incident.csv: 3 blank lines left out",)
    assert_balanced(staged)


def test_carriage_returns_alone(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"incident.csv": lines(GOOD, end="\r")})
    assert "its lines end with a carriage return alone" in said


def test_zero_byte(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, GOOD.replace("none", "a\0b"), GOOD)})
    assert [(line, reason) for line, reason, _ in rejects(staged)] == [(3, "holds a zero byte")]
    assert_balanced(staged)


def test_field_of_100_megabytes(tmp_path: Path) -> None:
    """Staged in a process of its own, so that the memory it took can be read off: Linux counts in `ru_maxrss` what the
    process that started it had, and in VmHWM it does not."""
    size = 100_000_000
    huge = b'A2,2019-06-01T10:00Z,999,"' + b"x" * size + b'",none\n'
    source = write(tmp_path / "source", {"incident.csv": lines(GOOD).encode() + huge + GOOD.encode() + b"\n"})
    program = (
        "import sys; from pathlib import Path; from pipelines.profile import load_profile; "
        "from pipelines.reading.delivery import Delivery; from pipelines.reading.stage import stage; "
        "stage(Delivery(Path(sys.argv[1]), load_profile('canonical')), Path(sys.argv[2]), staff_key=b'key', "
        "report=lambda line: None); "
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM')); "
        "print(int(peak.split()[1]) // 1024)"
    )
    run = [sys.executable, "-c", program, str(source), str(tmp_path / "r1")]
    megabytes = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    assert megabytes < 700
    rejected = pl.read_parquet(tmp_path / "r1" / "rejects.parquet")
    assert rejected["line"].to_list() == [3]
    assert rejected["reason"].to_list() == ["is longer than 1,048,576 bytes"]
    assert rejected["original"].str.len_bytes().to_list() == [len(huge) - 1]
    assert pl.read_parquet(tmp_path / "r1" / "incident.parquet")["_line"].to_list() == [2, 4]


# Encodings


def test_byte_order_mark(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": b"\xef\xbb\xbf" + lines(GOOD).encode()})
    assert typed(staged)["incident_id"].to_list() == ["A1"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    said = refusal(tmp_path, {"incident.csv": lines(GOOD).encode(encoding)})
    assert said.startswith("incident.csv is UTF-16 text")
    assert "export it as UTF-8 or Windows-1252" in said


def test_windows_1252_is_told_by_its_lines(tmp_path: Path) -> None:
    row = GOOD.replace("North", "Café – Nord")
    staged = stage_files(tmp_path, {"incident.csv": lines(row, GOOD).encode("cp1252")})
    assert typed(staged)["district"].to_list() == ["Café – Nord", "North"]
    assert staged.extracts["incident"].notes == ("incident.csv: 1 line read as Windows-1252",)


def test_utf_8_with_one_foreign_line_stays_utf_8(tmp_path: Path) -> None:
    row = GOOD.replace("North", "Café")
    content = lines(row).encode() + row.encode("cp1252") + b"\n"
    assert typed(stage_files(tmp_path, {"incident.csv": content}))["district"].to_list() == ["Café", "Café"]


def test_bytes_in_no_known_encoding(tmp_path: Path) -> None:
    bad = GOOD.encode().replace(b"North", b"N\x81\xff")
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD).encode() + bad + b"\n" + GOOD.encode()})
    assert rejects(staged) == [
        (3, "holds bytes that are neither UTF-8 nor Windows-1252", bad.decode("latin-1")),
    ]
    assert_balanced(staged)


# Values


def test_required_value_missing(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, " ,2019-06-01T10:00Z,,,", "A3,,,,")})
    assert [(line, reason) for line, reason, _ in rejects(staged)] == [
        (3, "incident_id is missing"),
        (4, "reported_at is missing"),
    ]
    assert_balanced(staged)


@pytest.mark.parametrize("time", ["01/06/2019 10:00", "2019-13-01T10:00Z", "2019-02-30 10:00", "01-JUN-19", "43617.41"])
def test_date_in_another_format(tmp_path: Path, time: str) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, f"A2,{time},,,")})
    reason = f'reported_at: "{time}" is no moment in a format of the profile or ISO 8601'
    assert rejects(staged) == [(3, reason, f"A2,{time},,,")]
    assert_balanced(staged)


def test_two_digit_years_are_not_read_as_the_first_century(tmp_path: Path) -> None:
    profile = SEMICOLONS.replace("[extract", 'date_formats = ["%d/%m/%Y %H:%M"]\n[extract', 1).replace(";", ",")
    staged = stage_files(tmp_path, {"incident.csv": lines("A1,01/06/2019 10:00,,,", "A2,01/06/19 10:00,,,")}, profile)
    assert [line for line, _, _ in rejects(staged)] == [3]


def test_delivery_in_which_no_date_can_be_read_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"incident.csv": lines(*["A1,01/06/2019 10:00,,,"] * 20)})
    assert said.startswith("incident: all 20 rows were rejected, such as: reported_at: ")


def test_local_times_that_the_clocks_skip_or_repeat(tmp_path: Path) -> None:
    rows = ["A1,2019-03-31 01:30,,,", "A2,2019-10-27 01:30,,,", "A3,2019-03-31 01:30:00Z,,,", "A4,2019-07-01 12:00,,,"]
    staged = stage_files(tmp_path, {"incident.csv": lines(*rows)})
    assert rejects(staged) == [
        (2, "reported_at: 2019-03-31 01:30 does not exist in Europe/London: the clocks go forward", rows[0])
    ]
    assert typed(staged)["reported_at"].to_list() == [
        datetime(2019, 10, 27, 0, 30),
        datetime(2019, 3, 31, 1, 30),
        datetime(2019, 7, 1, 11, 0),
    ]
    assert staged.extracts["incident"].notes == (
        "incident.csv: 1 time in the hour the clocks repeat, read as the first",
    )


def test_values_outside_a_closed_vocabulary(tmp_path: Path) -> None:
    header = "incident_id,reported_at,closure_check_result,is_repeat,reopened_count"
    rows = ["A1,2019-06-01T10:00Z,agreed,Yes,2", "A2,2019-06-01T10:00Z,fine,,", "A3,2019-06-01T10:00Z,,maybe,",
            "A4,2019-06-01T10:00Z,,0,1.5", "A5,2019-06-01T10:00Z,,N,3.0", "A6,2019-06-01T10:00Z,,,-1"]  # fmt: skip
    staged = stage_files(tmp_path, {"incident.csv": "\n".join([header, *rows])})
    assert [(line, reason) for line, reason, _ in rejects(staged)] == [
        (3, 'closure_check_result: "fine" is none of agreed, changed, returned, not_covered'),
        (4, 'is_repeat: "maybe" is neither yes nor no'),
        (5, 'reopened_count: "1.5" is no whole number'),
        (7, 'reopened_count: "-1" is no whole number'),
    ]
    assert typed(staged).select("is_repeat", "reopened_count").rows() == [(True, 2), (False, 3)]
    assert_balanced(staged)


@pytest.mark.parametrize(
    ("policy", "channels", "n_rejected"),
    [("keep", ["101", "FAX", None], 0), ("null", ["101", None, None], 0), ("reject", ["101", None], 1)],
)
def test_unknown_code(tmp_path: Path, policy: str, channels: list[str | None], n_rejected: int) -> None:
    rows = [f"A{n},2019-06-01T10:00Z,{code},," for n, code in enumerate(["PHONE", "FAX", ""])]
    staged = stage_files(tmp_path, {"incident.csv": lines(*rows)}, CODES.replace("{policy}", policy))
    assert typed(staged)["channel"].to_list() == channels
    assert [reason for _, reason, _ in rejects(staged)] == ['channel: the profile has no code for "FAX"'] * n_rejected
    assert_balanced(staged)


def test_a_row_has_one_reason_however_much_is_wrong_with_it(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, ",never,,,")})
    assert [reason for _, reason, _ in rejects(staged)] == ["incident_id is missing"]
    assert_balanced(staged)


# Duplicate keys


def test_same_key_twice_in_a_file_the_later_line_counts(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD, GOOD.replace("North", "South"))})
    assert typed(staged).sort("_row")["district"].to_list() == ["North", "South"]
    assert_balanced(staged)


def test_same_key_across_files_counts_by_name_and_not_by_arrival(tmp_path: Path) -> None:
    files = {
        f"incident_{name}.csv": lines(GOOD.replace("North", name)) for name in ("10", "9", "2019-02-01", "31-01-2019")
    }
    assert typed(stage_files(tmp_path, dict(files))).sort("_row")["district"].to_list() == [
        "9", "10", "31-01-2019", "2019-02-01",
    ]  # fmt: skip
