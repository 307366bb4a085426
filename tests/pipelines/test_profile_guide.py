"""The guide to profiles names every key there is, and its first example is a profile."""

import re
from pathlib import Path

from pipelines import profile
from pipelines.profile import load_profile
from pipelines.reading.manifest import Manifest

GUIDE = Path(profile.__file__).parent / "profiles" / "README.md"
TABLES = (
    Manifest,
    profile.Profile,
    profile.ExtractSource,
    profile.Part,
    profile.Unless,
    profile.Normalise,
    profile.Grade,
    profile.Target,
)


def test_every_key_is_in_the_guide() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    keys = {field.alias or name for table in TABLES for name, field in table.model_fields.items()}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", text)] == []


def test_the_example_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "northshire.toml").write_text(example, encoding="utf-8")
    assert load_profile(str(tmp_path / "northshire.toml")).name == "northshire"
