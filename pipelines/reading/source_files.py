"""Which files of a source are whose, and in which order they count."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

from pipelines.profile import Profile
from pipelines.refusal import SourceNotFound

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-_.](\d{1,2})[-_.](\d{4})(?!\d)")


def order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sort key of a file name: numbers by value (2 before 10), dates by the day (31-01-2019 before 2019-02-01)."""
    text = _YEAR_FIRST.sub(lambda at: f"{at[1]}{int(at[2]):02}{int(at[3]):02}", name.lower())
    text = _DAY_FIRST.sub(lambda at: f"{at[3]}{int(at[2]):02}{int(at[1]):02}", text)
    parts = re.split(r"(\d+)", text)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], name


def find_files(source: Path, profile: Profile) -> dict[str, list[Path]]:
    """Files of each extract of the profile, in the order in which they count: what a later one says stands.

    A file that several patterns fit is of the extract with the longest. Raises SourceNotFound where the folder is
    missing, holds no file that fits, or something else by the name of one.
    """
    if not source.exists():
        raise SourceNotFound(f"{source}: there is no such folder; give the folder that holds the extract files.")
    if not source.is_dir():
        raise SourceNotFound(f"{source} is a file; give the folder that holds the extract files.")
    patterns = [(pattern, name) for name, extract in profile.extract.items() for pattern in extract.files]
    patterns.sort(key=lambda pair: len(pair[0]), reverse=True)
    found: dict[str, list[Path]] = {name: [] for name in profile.extract}
    for path in sorted(source.iterdir(), key=lambda path: order(path.name)):
        owner = next((name for pattern, name in patterns if fnmatchcase(path.name.lower(), pattern.lower())), None)
        if owner is not None and not path.is_file():
            raise SourceNotFound(f"{path} is no file that can be read, as of a broken link; mend it or take it away.")
        if owner is not None:
            found[owner].append(path)
    if not any(found.values()):
        looked = ", ".join(sorted(pattern for pattern, _ in patterns))
        held = ", ".join(sorted(path.name for path in source.iterdir())[:12]) or "nothing"
        raise SourceNotFound(
            f"{source}: no file is one that profile {profile.name} reads ({looked}); the folder holds {held}. "
            "Name another folder or another profile."
        )
    return found
