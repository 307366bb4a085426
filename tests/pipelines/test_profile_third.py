"""A third source, a British force with names, codes and formats of its own: what a profile can say, end to end."""

from datetime import datetime
from pathlib import Path

from tests.pipelines.sources import assert_balanced, rejects, stage_files, typed

PROFILE = str(Path(__file__).parent / "northshire.toml")
HEADER = "URN;Received;Created;Contact Method;Open Type;Close Type;Grade;Quals;Crime No;Dup Of;Vuln;Result;Remarks"
ROWS = [
    "NS-1 ;01/06/2019 09:05:00;;999;C-VIO;C-VIO;1-Immediate;DA/MH/XX;CR 77/19;;V;3P;café",
    "ns-2;;01/06/2019 09:10;WEB;A-NUI;A-NUI;2-Soon;ASB;-;NS-1;NV;3P;x",
    "NS-3;31/03/2019 01:30;;FAX;A-NUI;ZZZ;?;;NULL;;;;x",
    "NS-4;02/06/2019 23:59;;FAX;NEW;A-NUI;9;N/A;;;;;x",
    "NS-5;02/06/2019 23:59;;FAX;A-NUI;ZZZ;9-Odd;;N/A;;;9Z;x",
]
FILES: dict[str, str | bytes] = {
    "STORM_02-06-2019.csv": "\r\n".join([HEADER, *ROWS]).encode("cp1252"),
    "NICHE_1.csv": "Occurrence,URN,Recorded\n77 19,ns1,01/06/2019 12:00\n",
}


def test_names_codes_times_and_identifiers(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, FILES, PROFILE)
    assert_balanced(staged)
    first, second, last = typed(staged).drop("_file", "_row", "_line").rows(named=True)
    assert {name: value for name, value in first.items() if value is not None} == {
        "incident_id": "NS1",
        "reported_at": datetime(2019, 6, 1, 8, 5),
        "channel": "999",
        "opening_code": "violence_with_injury",
        "closing_code": "violence_with_injury",
        "initial_grade": "1",
        "crime_ref": "7719",
        "qualifiers": "domestic_abuse_crime",
        "is_domestic_abuse": True,
        "is_vulnerable": True,
        "district": "Northshire",
    }
    assert second["reported_at"] == datetime(2019, 6, 1, 8, 10)
    assert second["channel"] == "online"
    assert second["duplicate_of"] == "NS1"
    assert (second["is_domestic_abuse"], second["is_vulnerable"]) == (False, False)
    assert (second["crime_ref"], second["no_crime_reason"]) == (None, "third_party_unconfirmed")
    assert (last["closing_code"], last["no_crime_reason"], last["initial_grade"]) == ("ZZZ", "9Z", "9")
    assert (last["channel"], last["is_domestic_abuse"]) == (None, None)


def test_links_resolve_after_normalising(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, FILES, PROFILE)
    (crime,) = typed(staged, "crime").rows(named=True)
    assert (crime["crime_ref"], crime["incident_id"]) == ("7719", "NS1")
    assert crime["recorded_at"] == datetime(2019, 6, 1, 11, 0)


def test_what_is_rejected_names_the_column_in_both_languages(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, FILES, PROFILE)
    skipped = "31/03/2019 01:30 does not exist in Europe/London: the clocks go forward"
    assert rejects(staged) == [
        (4, f"reported_at (Received, Created): {skipped}", ROWS[2]),
        (5, 'opening_code (Open Type): the profile has no code for "NEW"', ROWS[3]),
    ]


def test_what_is_delivered(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, FILES, PROFILE)
    assert "district" in staged.extracts["incident"].columns
    assert "arrived_at" not in staged.extracts["incident"].columns
    assert staged.extracts["incident"].notes == ("STORM_02-06-2019.csv: columns not used: Remarks",)
    assert not staged.extracts["appointment"].is_delivered


def test_a_part_whose_condition_column_is_missing_gives_nothing(tmp_path: Path) -> None:
    header = "URN;Received;Open Type;Result"
    staged = stage_files(tmp_path, {"STORM_1.csv": f"{header}\nA;01/06/2019 09:05;A-NUI;3P\n"}, PROFILE)
    assert staged.extracts["incident"].columns == ("incident_id", "reported_at", "opening_code", "district")
    assert staged.extracts["incident"].notes == (
        "STORM_1.csv: columns not used: Result",
        "STORM_1.csv: lacks columns that the profile names: Close Type, Contact Method, Created, Crime No, Dup Of, "
        "Grade, Quals, Vuln",
    )
