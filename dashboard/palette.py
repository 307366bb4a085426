"""The colours, for the light and the dark background. Every colour that carries meaning stands out from its background
by 3:1 or more (WCAG 2.2, 1.4.11), and none carries meaning alone: shapes, dashes and words say the same."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours of one theme as #RRGGBB. `background` is what they are drawn on."""

    background: str
    text: str
    figure: str
    chosen: str
    target: str
    limit: str
    improvement: str
    concern: str
    neither: str
    grid: str


LIGHT = Palette(
    background="#FFFFFF", text="#31333F", figure="#12436D", chosen="#C4006A", target="#801650", limit="#5B6470",
    improvement="#0F766E", concern="#C2410C", neither="#6D4AA8", grid="#E3E6EB",
)  # fmt: skip
DARK = Palette(
    background="#0E1117", text="#FAFAFA", figure="#6FB5EE", chosen="#FF7AC0", target="#E58BB6", limit="#A7B0BD",
    improvement="#4FD1B5", concern="#F4915A", neither="#C4A7F2", grid="#2B303B",
)  # fmt: skip


def palette(theme: str | None) -> Palette:
    """The palette of the theme the reader's browser shows; light where that is not known."""
    return DARK if theme == "dark" else LIGHT
