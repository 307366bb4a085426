"""Identifiers brought to one shape: the quick way, which looks at few of them, against the plain one."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.predicates import SPREADSHEET_DAMAGE
from pipelines.profile import Normalise
from pipelines.reading.clean import _normalise

RULES = [
    Normalise(remove="[^0-9A-Za-z]", case="upper"),
    Normalise(remove="[^0-9a-z]", case="lower"),
    Normalise(remove="^CR"),
    Normalise(remove="[a-f]", case="upper"),
    Normalise(case="upper"),
    Normalise(case="lower"),
    Normalise(),
]
WRITTEN = st.one_of(
    st.none(), st.text("aAbéÉǅⓐfzZ09-/. CR", min_size=1), st.sampled_from(["5.00E+02", "2.02e+12", "2E-1", "CR-1"])
)


def plainly(identifier: str | None, rule: Normalise) -> str | None:
    if identifier is None or re.match(SPREADSHEET_DAMAGE, identifier):
        return identifier
    cased = {"upper": identifier.upper(), "lower": identifier.lower()}.get(rule.case or "", identifier)
    return re.sub(rule.remove, "", cased) or None if rule.remove else cased


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(identifiers=st.lists(WRITTEN, max_size=12))
def test_identifiers_come_to_the_shape_that_the_rule_says(rule: Normalise, identifiers: list[str | None]) -> None:
    written = pl.Series(identifiers, dtype=pl.String)
    assert _normalise(written, rule).to_list() == [plainly(identifier, rule) for identifier in identifiers]
    assert written.to_list() == identifiers, "what was written is still there to compare with"
