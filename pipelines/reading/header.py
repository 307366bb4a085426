"""Whether a file's header has what the profile needs of it."""

from pipelines.extracts import Extract
from pipelines.profile import Profile, load_profile, shipped_profiles
from pipelines.reading.read_csv import DELIMITERS, SPOKEN
from pipelines.refusal import SourceRefused


def source_names(profile: Profile, extract: Extract) -> set[str]:
    """Every column name the profile looks for in that extract's files."""
    columns = profile.extract[extract.name].parts(extract)
    return {name for parts in columns.values() for part in parts for name in part.needs}


def check_header(file: str, columns: tuple[str, ...], extract: Extract, profile: Profile, made: set[str]) -> None:
    """Raise SourceRefused where a required column cannot be made from the file's columns; `made` are those that can."""
    missing = [column.name for column in extract.columns if column.is_required and column.name not in made]
    if not missing:
        return
    parts = profile.extract[extract.name].parts(extract)
    wanted = [" or ".join(sorted(name for part in parts[column] for name in part.needs)) for column in missing]
    shown = ", ".join(column[:60] for column in columns[:40]) + (", ..." if len(columns) > 40 else "")
    raise SourceRefused(
        f"{file} lacks {', '.join(wanted)}, which {extract.name} cannot do without; its columns are {shown}. "
        + _advice(columns, extract, profile)
    )


def _advice(columns: tuple[str, ...], extract: Extract, profile: Profile) -> str:
    inside = [each for each in DELIMITERS if each in columns[0]]
    if len(columns) == 1 and inside:
        return f"It looks separated by {SPOKEN[inside[0]]}: set `delimiter` in profile {profile.name} accordingly."
    for name in shipped_profiles():
        other = load_profile(name)
        if name != profile.name and extract.name in other.extract:
            parts = other.extract[extract.name].parts(extract)
            required = [column.name for column in extract.columns if column.is_required]
            if all(any(part.needs <= set(columns) for part in parts[column]) for column in required):
                return f"Profile {name} fits these columns: refresh with --profile {name}."
    return f"Name these columns in profile {profile.name}, or use the profile that was made for this source."
