"""The colours of `Theme.qml`: words and marks stand out from what they are drawn on, in both themes (WCAG 2.2)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6.QtQml", exc_type=ImportError)

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlEngine

UI = Path(__file__).resolve().parents[2] / "ui"
WORDS, MARKS = 4.5, 3.0


@pytest.fixture(scope="module")
def theme() -> Iterator[QObject]:
    application = QGuiApplication.instance() or QGuiApplication([])
    engine = QQmlEngine()
    engine.addImportPath(str(UI))
    singleton = engine.singletonInstance("Voicebot.Theme", "Theme")
    assert isinstance(singleton, QObject)
    yield singleton
    del singleton, engine, application


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [("textPairs", WORDS), ("markPairs", MARKS)])
def test_contrast(theme: QObject, pairs: str, least: float, dark: bool) -> None:
    theme.setProperty("dark", dark)
    listed: dict[str, list[str]] = theme.property(pairs).toVariant()
    ratios = {
        (ink, surface): contrast(theme.property(ink), theme.property(surface))
        for ink, surfaces in listed.items()
        for surface in surfaces
    }
    assert len(ratios) > 20
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least} == {}


def test_the_measure_itself() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_the_themes_differ(theme: QObject) -> None:
    theme.setProperty("dark", False)
    light = theme.property("window")
    theme.setProperty("dark", True)
    assert luminance(light) > 0.8
    assert luminance(theme.property("window")) < 0.05


def test_reduced_motion_stops_every_animation(theme: QObject) -> None:
    assert theme.property("quick") > 0
    theme.setProperty("reducedMotion", True)
    assert (theme.property("quick"), theme.property("calm")) == (0, 0)
    theme.setProperty("reducedMotion", False)


def test_larger_text_makes_larger_controls(theme: QObject) -> None:
    theme.setProperty("textScale", 1.5)
    assert theme.property("body") == 23
    assert theme.property("controlHeight") == 54
    theme.setProperty("textScale", 1.0)
    assert (theme.property("body"), theme.property("controlHeight")) == (15, 36)


def contrast(one: QColor, other: QColor) -> float:
    """From 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    """Relative luminance, from 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
