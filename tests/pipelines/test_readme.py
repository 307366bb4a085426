"""What README tells people to type works as it is typed."""

import re
import shlex
import shutil
import textwrap
from pathlib import Path

import pytest
import typer
from streamlit.testing.v1 import AppTest
from typer.core import TyperGroup

import dashboard
from dashboard import navigation
from pipelines import cli
from pipelines.extracts.declare import Column
from pipelines.metric_file import read_metrics
from pipelines.profile import load_profile
from tests.sql.world import world

APP = Path(dashboard.__file__).parent / "app.py"
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"uv run (cdi [^`\n]*?)(?:  .*)?(?:`|$)", README, flags=re.MULTILINE)))


def block(first: str) -> str:
    """The indented block of README that begins with that line."""
    lines = README[README.index(f"    {first}") :].splitlines()
    end = next(number for number, line in enumerate(lines) if line and not line.startswith("    "))
    return textwrap.dedent("\n".join(lines[:end])).strip() + "\n"


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("typed", COMMANDS)
def test_every_command_and_option_exists(typed: str) -> None:
    _, name, *words = shlex.split(typed)
    group = typer.main.get_group(cli.app)
    context = group.make_context("cdi", [name], resilient_parsing=True)
    command = group.get_command(context, name)
    if isinstance(command, TyperGroup):  # `cdi audit draw`
        command, words = command.commands.get(words[0]), words[1:]
    assert command is not None
    command.make_context(name, words)  # raises where an option or a value does not exist


def test_the_column_is_one() -> None:
    line = block('Column("is_filmed"').strip().rstrip(",")
    column = eval(line, {"Column": Column})  # the line is our own
    assert (column.name, column.kind, column.is_required) == ("is_filmed", "flag", False)


def test_the_metric_is_one(tmp_path: Path) -> None:
    text = block("-- id: crimes_flagged")
    (tmp_path / "crimes_flagged.sql").write_text(text, encoding="utf-8")
    [metric] = read_metrics(tmp_path)
    flagged = {"recorded_at": "2018-05-01 12:00", "offence_class": "8N", "is_domestic_abuse": True}
    con = world(crime=[{"crime_ref": "1", **flagged}, {"crime_ref": "2", **flagged, "is_domestic_abuse": False}])
    assert con.execute(f"select record_id, is_met from ({metric.sql}) order by 1").fetchall() == [
        ("1", True),
        ("2", False),
    ]


def test_the_profile_is_one(tmp_path: Path) -> None:
    path = tmp_path / "northshire.toml"
    path.write_text(block('name = "northshire"'), encoding="utf-8")
    assert load_profile(str(path)).time_zone == "Europe/London"


def test_the_page_is_one(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(APP.parent, tmp_path / "dashboard"))
    (folder / "pages" / "focus.py").write_text(block('"""Focus'), encoding="utf-8")
    monkeypatch.setattr(navigation, "PAGES", folder / "pages")
    monkeypatch.setattr(navigation, "AUDIENCES", {**navigation.AUDIENCES, "Newcomer": ("focus",)})
    monkeypatch.setenv("CDI_HOME", str(sample_home))
    at = AppTest.from_file(folder / "app.py", default_timeout=30).switch_page("pages/focus.py").run()
    assert not at.exception
    assert [title.value for title in at.title] == ["Focus"]
    assert "Focus-group logs with a crime recorded" in [heading.value for heading in at.subheader]
