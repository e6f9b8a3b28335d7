"""The table of settings in docs/settings.md, made from the settings themselves: `python -m tests.settings_table`."""

from __future__ import annotations

from pathlib import Path

from voicebot.settings import SETTINGS

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
MARK = "<!-- made by `python -m tests.settings_table`; tests/test_docs.py checks it -->"


def table() -> str:
    """A Markdown table with every setting, its default and what it means."""
    rows = [
        f"| `{name}` | `{_shown(setting.default)}` | {setting.description} |" for name, setting in SETTINGS.items()
    ]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


def page() -> str:
    """The whole page, its table made anew."""
    return f"{PAGE.read_text('utf-8').partition(MARK)[0]}{MARK}\n\n{table()}\n"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
