"""Times in every form a source may write them, to UTC."""

from datetime import datetime

import polars as pl
import pytest

from pipelines.reading.moments import read_moments, typed_moments

BRITISH = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-06-01T12:00:00Z", datetime(2019, 6, 1, 12)),
        ("2019-06-01 12:00Z", datetime(2019, 6, 1, 12)),
        ("2019-06-01T12:00:00.25Z", datetime(2019, 6, 1, 12, 0, 0, 250000)),
        ("2019-06-01T12:00:00+01:00", datetime(2019, 6, 1, 11)),
        ("2019-06-01 12:00:00 -0500", datetime(2019, 6, 1, 17)),
        ("2019-06-01T12:00+01", datetime(2019, 6, 1, 11)),
        ("2019-06-01T12:00:00", datetime(2019, 6, 1, 11)),
        ("2019-01-01 12:00", datetime(2019, 1, 1, 12)),
        ("2019-06-01 12:00:00.123456", datetime(2019, 6, 1, 11, 0, 0, 123456)),
        ("2019-06-01", datetime(2019, 5, 31, 23)),
        ("01/06/2019 12:00", datetime(2019, 6, 1, 11)),
        ("1/6/2019 12:00:05", datetime(2019, 6, 1, 11, 0, 5)),
        ("9999-12-31 23:59:59", datetime(9999, 12, 31, 23, 59, 59)),
        ("9999-12-31T23:59:59-05:00", None),
        ("-0001-11-30T00:00:00", None),
        ("+12019-06-01T10:00:00Z", None),
        ("1066-10-14 09:00", None),
        ("0019-06-01 12:00", None),
        ("2019-06-01 25:00", None),
        ("2019-06-01 12:00 BST", None),
        ("06/13/2019 12:00", None),
        ("soon", None),
    ],
)
def test_forms(text: str, moment: datetime | None) -> None:
    read = read_moments(pl.Series([text]), BRITISH, "Europe/London")
    assert read.values.to_list() == [moment]
    assert read.unread.to_list() == ([] if moment else [0])


def test_a_moment_that_is_in_range_by_the_local_clock_alone() -> None:
    column = pl.Series(["2019-06-01 12:00", "9999-12-31 23:00"])
    read = read_moments(column, (), "America/New_York")
    assert read.values.to_list() == [datetime(2019, 6, 1, 16), None]
    assert read.unread.to_list() == [1]


def test_forms_may_be_mixed_in_a_column() -> None:
    column = pl.Series([None, "2019-06-01T12:00Z", "x", "01/06/2019 13:00", None, "2019-06-01T12:00:00+00:00"])
    read = read_moments(column, BRITISH, "Europe/London")
    noon = datetime(2019, 6, 1, 12)
    assert read.values.to_list() == [None, noon, None, noon, None, noon]
    assert read.unread.to_list() == [2]


def test_the_profile_s_formats_are_taken_in_their_order() -> None:
    column = pl.Series(["02/01/2019 00:00"])
    assert read_moments(column, ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"), "UTC").values.to_list() == [datetime(2019, 1, 2)]
    assert read_moments(column, ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"), "UTC").values.to_list() == [datetime(2019, 2, 1)]


@pytest.mark.parametrize("as_text", [True, False])
def test_clock_changes_of_the_source_s_own_zone(as_text: bool) -> None:
    local = pl.Series([datetime(2022, 3, 13, 2, 30), datetime(2022, 11, 6, 1, 30), datetime(2022, 11, 6, 2, 0)])
    if as_text:
        read = read_moments(local.dt.strftime("%m/%d/%Y %H:%M"), ("%m/%d/%Y %H:%M",), "America/Chicago")
    else:
        read = typed_moments(local, "America/Chicago")
    assert read.values.to_list() == [None, datetime(2022, 11, 6, 6, 30), datetime(2022, 11, 6, 8, 0)]
    assert (read.skipped.to_list(), read.n_repeated) == ([0], 1)


def test_empty_columns() -> None:
    assert read_moments(pl.Series([], dtype=pl.String), BRITISH, "UTC").values.len() == 0
    assert read_moments(pl.Series([None, None], dtype=pl.String), (), "UTC").values.to_list() == [None, None]
