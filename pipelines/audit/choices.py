"""What may be chosen in a worksheet, and how a choice is written: `8N: Assault with injury`, or the code alone."""

from collections.abc import Mapping
from dataclasses import dataclass

YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Choices:
    """Offence classes and reasons of failure, each code with its name."""

    classes: Mapping[str, str]
    reasons: Mapping[str, str]

    def of(self, kind: str) -> Mapping[str, str]:
        """The codes of a column of that kind (`class` or `reason`)."""
        return self.classes if kind == "class" else self.reasons

    def labels(self, kind: str) -> list[str]:
        """What a list offers."""
        return [f"{code}: {name}" for code, name in self.of(kind).items()]

    def code(self, kind: str, text: str) -> str | None:
        """The code that a cell means, whatever its case; None where it is none of them."""
        by_word = {code.casefold(): code for code in self.of(kind)}
        return by_word.get(text.split(":")[0].strip().casefold())
