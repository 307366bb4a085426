# ruff: noqa: E501  (a change is read as one line: what stands there, and what stands there instead)
"""The hand cases hold the SQL fast: each of these changes of its text, one at a time, makes one of them differ."""

import shutil
from pathlib import Path

import pytest

import sql
from sql.door import macros
from tests.sql.trends.spc_cases import CASES, differences

pytestmark = pytest.mark.mutation

TRENDS = sql.FOLDER / "trends"
LIMITS, SIGNALS = "spc_limits.sql", "spc.sql"

MUTATIONS = [
    (SIGNALS, "abs(sum(side) over seven) = 7", "abs(sum(side) over seven) = 8"),
    (SIGNALS, "abs(sum(side) over seven) = 7", "abs(sum(side) over seven) >= 6"),
    (SIGNALS, "abs(sum(step) over six) = 6", "abs(sum(step) over six) >= 5"),
    (SIGNALS, "abs(sum(step) over six) = 6", "abs(sum(step) over six) = 7"),
    (SIGNALS, "rows between 6 preceding", "rows between 7 preceding"),
    (SIGNALS, "rows between 5 preceding", "rows between 6 preceding"),
    (SIGNALS, "current row and 6 following", "current row and 5 following"),
    (SIGNALS, "current row and 2 following", "current row and 1 following"),
    (SIGNALS, "current row and 2 following", "current row and 3 following"),
    (SIGNALS, "current row and 6 following", "current row and 7 following"),
    (SIGNALS, "abs(value - mean) > reach + rounding", "abs(value - mean) >= reach + rounding"),
    (SIGNALS, "(spc_profile = 'mdc_2023' or side = 0)", "(spc_profile = 'mdc_2023' or side = 1)"),
    (SIGNALS, "(spc_profile = 'mdc_2023' or side = 0)", "spc_profile = 'mdc_2023'"),
    (LIMITS, "1e-13 * max(abs(value)) over by_phase as rounding\n        from ranges", "1e-13 / max(abs(value)) over by_phase as rounding\n        from ranges"),
    (LIMITS, "2.66 * coalesce", "2.67 * coalesce"),
    (LIMITS, "2.66 * coalesce", "2.65 * coalesce"),
    (LIMITS, "/ 1.128", "/ 1.127"),
    (SIGNALS, "then 0 else sign(value - mean) end as side", "then 1 else sign(value - mean) end as side"),
    (SIGNALS, "abs(value - mean) > reach + rounding", "abs(value - mean) >= reach"),
    (SIGNALS, "abs(value - mean) > reach + rounding", "value - mean > reach + rounding"),
    (SIGNALS, "> reach * 2 / 3 + rounding", ">= reach * 2 / 3 - rounding"),
    (SIGNALS, "reach * 2 / 3", "reach / 3"),
    (SIGNALS, "reach * 2 / 3", "(upper_limit - mean) * 2 / 3"),
    (SIGNALS, "abs(sum(side) over three) = 3", "abs(sum(side) over three) >= 1"),
    (SIGNALS, "abs(sum(side) over three) = 3", "abs(sum(side) over three) >= 2"),
    (SIGNALS, "count_if(is_near) over three >= 2", "count_if(is_near) over three >= 3"),
    (SIGNALS, "count_if(is_near) over three >= 2", "count_if(is_near) over three >= 1"),
    (SIGNALS, "is_near and bool_or(ends_near)", "bool_or(ends_near)"),
    (SIGNALS, "(spc_profile = 'mdc_2023' or not is_outside)", "not is_outside"),
    (SIGNALS, "(spc_profile = 'mdc_2023' or not is_outside)", "true"),
    (SIGNALS, "sign(value - lag(value) over (partition by slice, phase order by position))", "sign(value - lag(value) over (order by position))"),
    (SIGNALS, "\n            seven as (partition by slice, phase order", "\n            seven as (order"),
    (SIGNALS, "when is_outside then 'outside'\n                when trend_step is not null then 'trend'", "when trend_step is not null then 'trend'\n                when is_outside then 'outside'"),
    (SIGNALS, "when trend_step is not null then 'trend'\n                when is_two_of_three then 'two_of_three'", "when is_two_of_three then 'two_of_three'\n                when trend_step is not null then 'trend'"),
    (SIGNALS, "when is_two_of_three then 'two_of_three'\n                when is_shift then 'shift'", "when is_shift then 'shift'\n                when is_two_of_three then 'two_of_three'"),
    (SIGNALS, "phase_points < 13", "phase_points <= 13"),
    (SIGNALS, "phase_points < 13", "phase_points < 12"),
    (SIGNALS, "count(*) over (partition by slice, phase) as phase_points", "count(*) over () as phase_points"),
    (SIGNALS, "(direction > 0) = (better = 'higher')", "direction > 0"),
    (SIGNALS, "when better = 'neither' then 'neither'", "when better = 'none' then 'neither'"),
    (SIGNALS, "signal = 'trend' and (spc_profile = 'mdc_2023' or side = 0)", "signal = 'trend'"),
    (SIGNALS, "signal = 'trend' and (spc_profile = 'mdc_2023' or side = 0)", "signal = 'none'"),
    (SIGNALS, "when target < lower_limit", "when target <= lower_limit"),
    (SIGNALS, "when target > upper_limit", "when target >= upper_limit"),
    (SIGNALS, "if(better = 'higher', 'pass', 'fail')", "'pass'"),
    (SIGNALS, "if(better = 'higher', 'fail', 'pass')", "'fail'"),
    (SIGNALS, "target is null or better = 'neither' or lower_limit is null", "target is null or lower_limit is null"),
    (SIGNALS, "target is null or better = 'neither' or lower_limit is null", "target is null or better = 'neither'"),
    (LIMITS, "2.66 *", "2.67 *"),
    (LIMITS, "< 3.267 * mean_of_all_ranges - rounding", "<= 3.267 * mean_of_all_ranges + rounding"),
    (LIMITS, "3.267 *", "3.268 *"),
    (LIMITS, "3.267 *", "3.266 *"),
    (LIMITS, "where spc_profile = 'mdc_2023' or moving_range", "where moving_range"),
    (LIMITS, "where spc_profile = 'mdc_2023' or moving_range", "where spc_profile <> 'x' or moving_range"),
    (LIMITS, "coalesce(mean_range, mean_of_all_ranges)", "mean_range"),
    (LIMITS, "favg(value) over by_phase as mean", "favg(value) filter (where moving_range < 5) over by_phase as mean"),
    (LIMITS, "favg(value) over by_phase as mean", "favg(value) over () as mean"),
    (LIMITS, "abs(value - lag(value) over (partition by slice, phase order by position))", "abs(value - lag(value) over (order by position))"),
    (LIMITS, "abs(value - lag(value) over (partition by slice, phase order by position))", "value - lag(value) over (partition by slice, phase order by position)"),
    (LIMITS, "1e-13 * max(abs(value)) over by_phase as rounding\n        from ranges", "0 as rounding\n        from ranges"),
    (LIMITS, "1e-13 * max(abs(value)) over by_phase as rounding\n        from ranges", "1e-3 * max(abs(value)) over by_phase as rounding\n        from ranges"),
    (LIMITS, "sum(numerator) over by_phase / sum(denominator) over by_phase as mean", "avg(value) over by_phase as mean"),
    (LIMITS, "mean * (1 - mean) / denominator", "mean * (1 - mean) / (avg(denominator) over (partition by slice, phase))"),
    (LIMITS, "/ 1.128", "/ 1.129"),
    (LIMITS, "favg(z_range) over (partition by slice, phase) / 1.128", "favg(z_range) filter (where z_range < 3) over (partition by slice, phase) / 1.128"),
    (LIMITS, "else 3 * sigma_z", "else 2 * sigma_z"),
    (LIMITS, "else 3 * sigma_z * standard_error", "else 3 * standard_error"),
    (LIMITS, "when standard_error = 0 then 0 else", "when false then 0 else"),
    (LIMITS, "greatest(0, mean - reach)", "mean - reach"),
    (LIMITS, "least(1, mean + reach)", "mean + reach"),
    (LIMITS, "case when reach is not null then greatest(0, mean - reach) end", "greatest(0, mean - reach)"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "before", "after"), MUTATIONS)
def test_a_change_is_caught(
    file: str, before: str, after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TRENDS, tmp_path / "trends")
    text = (TRENDS / file).read_text("utf-8")
    assert text.count(before) == 1, "the text to be changed is no longer there, or there twice"
    (tmp_path / "trends" / file).write_text(text.replace(before, after), "utf-8")
    monkeypatch.setattr(macros, "FOLDER", tmp_path)
    with sql.process_control() as con:
        assert any(differences(con, case) for case in CASES)
