"""What a later run without a delivery has to know of this one, kept in the stage beside the rows it carries over."""

import shutil
from pathlib import Path

from pydantic import BaseModel

from pipelines.profile import Profile
from pipelines.reading.delivery import Delivery
from pipelines.reading.manifest import Manifest

FILE_NAME = "standing.json"
REFERENCE = "reference"


class Standing(BaseModel):
    """The profile a source was read by, and what its delivery said of itself."""

    profile: Profile
    manifest: Manifest


def keep(delivery: Delivery, previous: Path | None, folder: Path) -> None:
    """Write down in the stage what the delivery was read by, with its reference tables; of a run without a delivery,
    those of the stage before."""
    standing = Standing(profile=delivery.profile, manifest=delivery.manifest or Manifest())
    (folder / FILE_NAME).write_text(standing.model_dump_json(by_alias=True, exclude_none=True), encoding="utf-8")
    source = delivery.folder or previous
    for path in (source / REFERENCE).glob("*.csv") if source else ():
        (folder / REFERENCE).mkdir(exist_ok=True)
        shutil.copyfile(path, folder / REFERENCE / path.name)


def read_standing(folder: Path) -> Standing | None:
    """What `keep` wrote in the stage; None where it is gone."""
    path = folder / FILE_NAME
    return Standing.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None
