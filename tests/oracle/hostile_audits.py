"""Random rows of audits, of staff and of their training: auditors disagree and find crimes that are not there, strata
are missing, checks are of picked records, and training ends on the day of the data cut."""

from collections.abc import Callable
from datetime import date, datetime

from tests.oracle.chance import CLASSES, DATA_CUT, HALF_DAY, TEAMS, Chance

AUDITORS = ("registrar", "a1", "a2")
SAMPLES = {"S1": datetime(2018, 6, 1), "S2": DATA_CUT}  # with the cut of each; a third has no strata
STRATA = {"violence": False, "other": False, "hidden_other": True}
KINDS = ("cancellation", "reclassification", "n100")
ROLES = ("call_handler", "supervisor", "response_officer", "crime_recorder", "clerk")
MODULES = ("closure_supervision", "first_account", "often_missed_offences", "full_account", "hand_over", "no_such")
STAFF = 40


class Audits:
    """Cells of the extracts of audits and training, beside some `logs` incident logs and half as many crimes."""

    def __init__(self, chance: Chance, logs: int) -> None:
        self.chance, self.draw = chance, chance.draw
        self.crimes = logs // 2
        self.counts = {
            "audit_stratum": len(SAMPLES) * len(STRATA), "audit_log": logs // 2, "audit_return": logs,
            "audit_crime": logs * 3, "record_check": logs // 2, "staff": STAFF, "training": STAFF * len(MODULES),
        }  # fmt: skip
        self.cells: dict[str, Callable[[int], dict]] = {
            "audit_stratum": self._stratum,
            "audit_log": self._drawn,
            "audit_return": self._marked,
            "audit_crime": self._required,
            "record_check": self._check,
            "staff": self._person,
            "training": self._course,
        }

    def _stratum(self, number: int) -> dict:
        sample, stratum = list(SAMPLES)[number // len(STRATA)], list(STRATA)[number % len(STRATA)]
        return {
            "sample_id": sample,
            "stratum": stratum,
            "may_hide": STRATA[stratum],
            "population": 900,
            "sampled": 90,
            "period_from": date(2018, 1, 1),
            "period_to": date(2018, 3, 31),
            "cut_at": SAMPLES[sample],
        }

    def _log_of(self, number: int) -> dict:
        """One of the logs drawn: few enough for several auditors to meet over one."""
        number = number % (self.counts["audit_log"] // 2 + 5)
        sample = self.draw.choice((*SAMPLES, *SAMPLES, *SAMPLES, "S3"))
        return {"sample_id": sample, "incident_id": f"I{number:05}"}

    def _drawn(self, number: int) -> dict:
        return {**self._log_of(number), "stratum": self.draw.choice((*STRATA, "violence", "other", "no_such"))}

    def _marked(self, number: int) -> dict:
        verdicts = (
            "grade_correct", "summary_accurate", "passed_to_officers", "account_full", "crime_made_clear",
            "first_account_taken", "believed_after_deployment", "no_crime_reason_valid",
        )  # fmt: skip
        return {
            **self._log_of(number),
            "auditor": self.draw.choice(AUDITORS),
            "audited_at": self.chance.one((datetime(2018, 7, 1), datetime(2018, 7, 2)), 0.9),
            **{verdict: self.chance.flag() for verdict in verdicts},
        }

    def _required(self, number: int) -> dict:
        """A crime that an auditor misses; of the few that might be it, several auditors name the same."""
        near = (number + self.draw.randrange(3)) % self.crimes
        return {
            **self._log_of(number),
            "auditor": self.draw.choice(AUDITORS),
            "n": self.draw.choice((1, 1, 2, 3)),
            "required_class": self.chance.one(CLASSES, 0.9),
            "is_domestic_abuse": self.chance.flag(),
            "is_recorded": self.chance.one((True, True, True, False), 0.95),
            "crime_ref": f"C{near:05}" if self.draw.random() < 0.4 else self.chance.other("C", self.crimes, 0.2),
            "class_correct": self.chance.flag(),
            "recorded_within_24h": self.chance.flag(),
            "safeguarded": self.chance.flag(),
            "remedied_at": self.chance.one((datetime(2018, 8, 1),), 0.3),
        }

    def _check(self, number: int) -> dict:
        return {
            "sample_id": self.draw.choice(("Q1", "Q2")),
            "crime_ref": f"C{number % (self.crimes + 3):05}",
            "auditor": self.draw.choice(AUDITORS),
            "kind": self.draw.choice(KINDS),
            "is_correct": self.chance.flag(),
            "is_targeted": self.chance.one((True, False, False), 0.9),
        }

    def _person(self, number: int) -> dict:
        days = (date(2018, 11, 4), date(2018, 11, 5), date(2018, 11, 6))
        return {
            "staff_id": f"p{number + 1}",
            "team_id": self.chance.one((TEAMS[number % 3],), 0.9),
            "role": self.chance.one(ROLES, 0.95),
            "started_on": self.chance.one((date(2012, 1, 1), *days), 0.9),
            "left_on": self.chance.one(days, 0.3),
        }

    def _course(self, number: int) -> dict:
        """A course of someone; in one team mostly none, so that it never comes to half."""
        is_held = self.draw.random() < (0.1 if number // len(MODULES) % 3 == 2 else 0.6)
        return {
            "staff_id": f"p{number // len(MODULES) + 1}",
            "module": MODULES[number % len(MODULES)],
            "completed_at": self.chance.start() if is_held else None,
            "expires_at": self.chance.one(
                (DATA_CUT, DATA_CUT - HALF_DAY, DATA_CUT + HALF_DAY, datetime(2018, 5, 1)), 0.5
            ),
        }
