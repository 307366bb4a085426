"""What one run reads: a folder of extract files, what it says of itself, and the audits of the home folder."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.extracts import AUDIT
from pipelines.profile import Profile, load_profile
from pipelines.reading.manifest import Manifest, read_manifest
from pipelines.reading.source_files import find_files, order
from pipelines.refusal import SourceRefused


@dataclass(frozen=True)
class Delivery:
    """A source's folder with the profile it is read by, and `audits`, the folder in which `cdi audit` keeps draws and
    returns in our own names: <sample>/audit_log_<sample>.csv and its like.

    Without a folder nothing new is delivered, and all that the current snapshot stands on is carried over: `standing`
    is then what that snapshot says of itself.
    """

    folder: Path | None
    profile: Profile
    audits: Path | None = None
    standing: Manifest | None = None

    @property
    def name(self) -> str:
        """What the ledger calls the source."""
        return self.folder.resolve().name if self.folder else "audits"

    @cached_property
    def manifest(self) -> Manifest | None:
        """What the delivery says of itself. Raises SourceRefused with every mistake in it."""
        return read_manifest(self.folder) if self.folder else self.standing

    @cached_property
    def files(self) -> dict[str, list[Path]]:
        """Files of each extract, in the order in which they count. Raises SourceNotFound, or SourceRefused where the
        delivery and the home folder's audits hold files of one name."""
        found = find_files(self.folder, self.profile) if self.folder else {}
        if self.audits is None:
            return found
        for extract in AUDIT:
            kept = sorted(self.audits.glob(f"*/{extract.name}_*.csv"), key=lambda path: order(path.name))
            twice = {path.name for path in kept} & {path.name for path in found.get(extract.name, [])}
            if twice:
                raise SourceRefused(
                    f"{', '.join(sorted(twice))}: delivered, and kept in {self.audits} too; rename the former"
                )
            if kept:
                found[extract.name] = [*found.get(extract.name, []), *kept]
        return found

    def is_kept(self, path: Path) -> bool:
        """Whether a file is one of the home folder's audits, which every run reads anew."""
        return self.audits is not None and path.is_relative_to(self.audits)

    def profile_of(self, path: Path) -> Profile:
        """The profile that a file is read by: the home folder's audits are in our own names."""
        return load_profile("canonical") if self.is_kept(path) else self.profile
