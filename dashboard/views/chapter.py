"""A chapter of the page Method: a title, a first paragraph for everyone, and the formulas and choices."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "method"

# Each chapter, and the files of `sql/trends` that compute what it tells of.
CHAPTERS = {
    "measures": ("placed", "cells", "totals", "standing"),
    "planning": ("audit_plan", "audit_prior", "audit_frame", "audit_worksheet", "audit_choices"),
    "audited_rate": ("audit_estimate", "ratio_estimate", "t_quantile", "beta_quantile", "audit_sample"),
    "scopes": ("audited_rate", "ratio_by_stratum", "ratio_by_domain", "audit_stratum_result", "audit_hidden"),
    "rolling_year": ("rolling_year",),
    "against_inspection": (
        "against_baseline", "extrapolation", "recorded_year", "audit_comparison", "audit_extrapolation",
    ),
    "checks": ("checked_rate", "proportion", "agreement", "audit_check", "audit_agreement", "audit_failure"),
    "process_control": ("spc_limits", "spc", "settled", "rebased"),
    "teams": ("funnel",),
    "young_months": ("completeness",),
    "practice": (),
}  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    """A chapter as its Markdown file has it; `macros` names rows of the table `method`."""

    name: str
    title: str
    lead: str
    text: str
    macros: tuple[str, ...]


@cache
def chapters() -> dict[str, Chapter]:
    """Every chapter by its title, in the order to read them."""
    read = [_chapter(name, macros) for name, macros in CHAPTERS.items()]
    return {chapter.title: chapter for chapter in read}


def _chapter(name: str, macros: tuple[str, ...]) -> Chapter:
    title, lead, text = (FOLDER / f"{name}.md").read_text("utf-8").strip().split("\n\n", 2)
    return Chapter(name, title.removeprefix("# "), lead, text, macros)
