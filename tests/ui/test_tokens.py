"""The colours can be told apart: measured from the stylesheet itself, in both themes."""

import re
from pathlib import Path

import pytest


STYLE = Path(__file__).resolve().parents[2] / "haicap/ui/static/ui/haicap.css"
TEXT, GRAPHIC = 4.5, 3.0
MAX_BYTES = 80_000

# (what is drawn, its ground, the least ratio): interface rules, WCAG 2.2 1.4.3 and 1.4.11.
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink2", "ink3") for ground in
      ("paper", "surface", "sunken", "sel")],
    ("field", "surface", GRAPHIC),
    ("field", "paper", GRAPHIC),
    *[("brand", ground, TEXT) for ground in ("paper", "surface", "sel", "brand-soft")],
    ("brand-hover", "surface", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    ("on-brand", "seal", TEXT),
    ("on-brand", "green", TEXT),
    ("ink", "brand-soft", TEXT),
    ("ink", "rice-soft", TEXT),
    ("ink2", "rice-soft", TEXT),
    ("ink2", "brand-soft", TEXT),
    ("on-bar", "bar", TEXT),
    ("bar-muted", "bar", TEXT),
    ("rice", "bar", TEXT),
    ("rice-ink", "rice-soft", TEXT),
    ("rice-ink", "surface", TEXT),
    ("seal", "seal-soft", TEXT),
    ("seal", "surface", TEXT),
    ("seal", "paper", TEXT),
    ("blue", "blue-soft", TEXT),
    ("violet", "violet-soft", TEXT),
    ("green", "green-soft", TEXT),
    ("green", "surface", TEXT),
    ("grey", "grey-soft", TEXT),
    ("focus", "paper", GRAPHIC),
    ("focus", "surface", GRAPHIC),
    ("on-bar", "dock", TEXT),
]  # fmt: skip
THEMES = {
    "light": ":root {",
    "dark": ':root[data-theme="dark"] {',
    "dark as the device": ":root:not([data-theme]) {",
}


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme by name."""
    block = STYLE.read_text().partition(THEMES[theme])[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_rule():
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("drawn", "ground", "least"), PAIRS)
def test_it_can_be_read(theme, drawn, ground, least):
    colours = tokens(theme)
    assert ratio(colours[drawn], colours[ground]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_classes_of_the_map_are_told_apart_step_by_step(theme):
    colours = tokens(theme)
    steps = [ratio(colours[f"map{n}"], colours[f"map{n + 1}"]) for n in range(4)]
    assert min(steps) >= 1.3


def test_a_dark_device_gets_the_dark_theme_to_the_letter():
    assert tokens("dark as the device") == tokens("dark")


def test_both_themes_name_the_same_colours():
    assert tokens("light").keys() == tokens("dark").keys()


def test_every_colour_that_is_asked_for_has_a_name():
    style = STYLE.read_text()
    asked = set(re.findall(r"var\(--([\w-]+)\)", style))
    assert asked <= set(re.findall(r"--([\w-]+):", style))


def test_a_page_rests_on_plain_hex():
    style = STYLE.read_text()
    assert not re.search(r"light-dark\(|color-mix\(|oklch\(|@import|https?:", style)


def test_the_stylesheet_stays_small_for_slow_lines():
    assert STYLE.stat().st_size < MAX_BYTES
