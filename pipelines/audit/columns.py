"""The columns of a worksheet: one table for logs, one for the crimes that each log should have led to.

A workbook shows the titles and CSV files the names; either is understood in both when they come back.
"""

from dataclasses import dataclass
from typing import Literal

# `shown` is for the auditor to read and never to change; every other kind says what may be written in the cell.
Kind = Literal["shown", "code", "text", "flag", "count", "day", "class", "reason"]

MOST_CRIMES = 99  # of one log; more is a slip of the pen


@dataclass(frozen=True)
class Field:
    """One column. `hint` is shown where its cell is chosen; `is_filled` ones are filled in beforehand."""

    name: str
    title: str
    kind: Kind
    width: int
    hint: str = ""
    is_hidden: bool = False
    is_filled: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of a worksheet: a sheet of the workbook, or a CSV file of the same name in small letters."""

    title: str
    fields: tuple[Field, ...]

    @property
    def file_name(self) -> str:
        """The CSV file."""
        return f"{self.title.lower()}.csv"

    @property
    def answers(self) -> tuple[Field, ...]:
        """The columns that an auditor fills in."""
        return tuple(field for field in self.fields if field.kind != "shown" and not field.is_filled)


AUDITOR = "Your code, never a name: letters, digits, - and _, such as A1; the Force Crime Registrar writes registrar."
DAY = "A day, such as 2019-08-14 or 14/08/2019."

LOGS = Sheet(
    "Logs",
    (
        Field("incident_id", "Log number", "shown", 16),
        Field("stratum", "Stratum", "shown", 16),
        Field("reported", "Reported", "shown", 24),
        Field("codes", "Codes the log held", "shown", 34),
        Field("grade", "Grade", "shown", 12),
        Field("crimes", "Crimes recorded from it by the data cut", "shown", 40),
        Field("auditor", "Auditor", "code", 12, AUDITOR),
        Field("audited_on", "Marked on", "day", 13, DAY),
        Field(
            "crimes_required",
            "How many crimes should have been recorded",
            "count",
            15,
            "0 where the log holds no crime. For each crime fill one row of the sheet Crimes.",
        ),
        Field("grade_correct", "Was the grade right", "flag", 13),
        Field("summary_accurate", "Does the log sum up accurately what was said", "flag", 16),
        Field("passed_to_officers", "Was all of it passed to the officers sent", "flag", 16),
        Field("account_full", "Is the account as full as it could be", "flag", 16),
        Field("crime_made_clear", "Does the log make clear that it amounts to a crime", "flag", 16),
        Field("first_account_taken", "Was the victim's first account taken", "flag", 16),
        Field("believed_after_deployment", "Was the victim believed after officers came", "flag", 16),
        Field("no_crime_reason_valid", "Where no crime was recorded: is the reason valid", "flag", 16),
        Field("draw", "Draw", "shown", 24, is_hidden=True),
    ),
)

CRIMES = Sheet(
    "Crimes",
    (
        Field("incident_id", "Log number", "code", 16, "A log of the sheet Logs.", is_filled=True),
        Field("n", "Crime number within the log", "count", 12, "1, then 2, 3 for further crimes.", is_filled=True),
        Field("auditor", "Auditor", "code", 12, "Only where two auditors marked the log in this file."),
        Field("required_class", "Class it should have been recorded as", "class", 34),
        Field("is_domestic_abuse", "Is it domestic abuse", "flag", 12),
        Field("is_recorded", "Was it recorded by the data cut", "flag", 13),
        Field("crime_ref", "Crime number", "text", 18, "The record of this crime, where it was recorded."),
        Field("class_correct", "Was it recorded in the right class", "flag", 13),
        Field("recorded_within_24h", "Was it recorded within 24 hours", "flag", 13),
        Field("failure_reason", "Why it was not recorded", "reason", 30),
        Field("safeguarded", "Was the victim safeguarded", "flag", 13),
        Field("remedied_on", "Put right on", "day", 13, DAY),
    ),
)

SHEETS = (LOGS, CRIMES)
