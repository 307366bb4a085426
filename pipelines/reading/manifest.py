"""What a delivery says of itself, in a file delivery.toml beside the extracts."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, ValidationError

from pipelines.refusal import SourceRefused

FILE_NAME = "delivery.toml"


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("give the moment with its zone, such as 2019-10-31T23:59:59Z")
    return moment.astimezone(UTC).replace(tzinfo=None)


def _with_zone(moment: datetime) -> str:
    return f"{moment.isoformat()}Z"


Cut = Annotated[datetime, AfterValidator(_utc), PlainSerializer(_with_zone, when_used="json")]


class Manifest(BaseModel):
    """`data_cut` is a naive UTC moment; `delivery` goes before what the profile says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    force: str | None = None
    is_synthetic: bool = False
    data_cut: Cut | None = None
    delivery: Literal["full", "incremental"] | None = None


def read_manifest(source: Path) -> Manifest | None:
    """The manifest of a source folder, None where it has none. Raises SourceRefused with every mistake in it."""
    path = source / FILE_NAME
    if not path.is_file():
        return None
    try:
        return Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{FILE_NAME}: not readable as TOML: {error}") from error
    except ValidationError as error:
        mistakes = [_mistake(one["loc"], one["type"], one["msg"]) for one in error.errors()]
        raise SourceRefused("\n".join(mistakes)) from error


def _mistake(location: tuple[int | str, ...], kind: str, message: str) -> str:
    said = message.removeprefix("Value error, ")
    if kind == "extra_forbidden":
        said = f"no such key; there are {', '.join(Manifest.model_fields)}"
    return f"{FILE_NAME}: {'.'.join(map(str, location))}: {said}"
