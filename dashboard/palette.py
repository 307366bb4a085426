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
    grid: str


LIGHT = Palette(
    background="#FFFFFF", text="#31333F", figure="#12436D", chosen="#C2410C", target="#801650", grid="#E3E6EB"
)
DARK = Palette(
    background="#0E1117", text="#FAFAFA", figure="#6FB5EE", chosen="#F4915A", target="#E58BB6", grid="#2B303B"
)


def palette(theme: str | None) -> Palette:
    """The palette of the theme the reader's browser shows; light where that is not known."""
    return DARK if theme == "dark" else LIGHT
