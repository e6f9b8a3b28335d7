"""A small Whisper that the project trained itself, so that the tests of recognition can check words."""

from pathlib import Path

CHECKPOINT = Path(__file__).with_name("spoken-commands.pt")
CARD = Path(__file__).with_name("README.md")
