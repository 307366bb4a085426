"""Which days a period names, and from when it can be drawn from."""

from datetime import date

import pytest

from pipelines.audit.period import PeriodError, latest_quarter, read_period, require_covered, require_mature


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2019-Q2", "2019-Q2", date(2019, 4, 1), date(2019, 6, 30)),
        ("2019-q4", "2019-Q4", date(2019, 10, 1), date(2019, 12, 31)),
        ("2020-02", "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12", "2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019-04-01..2019-06-30", "2019-04-01_2019-06-30", date(2019, 4, 1), date(2019, 6, 30)),
        ("2019-04-01..2019-04-01", "2019-04-01_2019-04-01", date(2019, 4, 1), date(2019, 4, 1)),
    ],
)
def test_periods(text: str, name: str, first: date, last: date) -> None:
    period = read_period(text)
    assert (period.name, period.first, period.last) == (name, first, last)


def test_the_quarter_is_the_one_a_period_begins_in() -> None:
    for text, month in (("2019-Q2", 4), ("2019-06", 4), ("2019-03-31..2019-04-01", 1), ("2019-12", 10)):
        assert read_period(text).quarter == date(2019, month, 1)


@pytest.mark.parametrize(
    "text", ["2019-Q5", "2019-Q0", "2019-13", "2019", "", "2019-02-30..2019-03-01", "../2019-Q1", "0000-01", "2019-Q2 "]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(PeriodError, match="is no period: give a quarter"):
        read_period(text)


def test_days_the_wrong_way_round() -> None:
    with pytest.raises(PeriodError, match="the last day is before the first"):
        read_period("2019-06-30..2019-04-01")


def test_a_period_is_ripe_ninety_whole_days_after_its_last_log() -> None:
    quarter = read_period("2019-Q2")
    assert quarter.matures_on == date(2019, 9, 29)
    require_mature(quarter, date(2019, 9, 29))  # a log of the last minute of June is 90 days old by then
    with pytest.raises(PeriodError, match=r"once the data reaches 2019-09-29, and it reaches 2019-09-28"):
        require_mature(quarter, date(2019, 9, 28))


@pytest.mark.parametrize(
    ("last_day", "name"),
    [
        (date(2019, 9, 29), "2019-Q2"),
        (date(2019, 9, 28), "2019-Q1"),
        (date(2019, 12, 30), "2019-Q3"),
        (date(2019, 12, 29), "2019-Q2"),
        (date(2019, 4, 1), "2018-Q4"),
        (date(2019, 3, 31), "2018-Q3"),
    ],
)
def test_the_latest_quarter_is_the_last_that_can_be_drawn_from(last_day: date, name: str) -> None:
    quarter = latest_quarter(last_day)
    assert quarter == read_period(name)
    require_mature(quarter, last_day)


def test_a_period_must_lie_within_the_data() -> None:
    quarter = read_period("2019-Q2")
    require_covered(quarter, date(2019, 4, 1), date(2019, 6, 30))
    for first_day, last_day in (
        (date(2019, 4, 2), date(2019, 12, 31)),
        (date(2019, 1, 1), date(2019, 6, 29)),
        (None, date(2019, 12, 31)),
    ):
        with pytest.raises(PeriodError, match="2019-Q2 is from 2019-04-01 to 2019-06-30, and the data from"):
            require_covered(quarter, first_day, last_day)
