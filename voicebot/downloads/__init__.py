"""Fetches models: resumes, survives bad lines and bad servers, and never installs a file whose checksum is wrong.

What arrives goes to `FILE.part` beside the file's place, with where it came from in `FILE.part.json`. It is renamed
into place once its SHA-256 is the catalogue's, which alone decides: lengths and headers are only what a server says.
One process at a time fetches a model; others wait, and find it there.

`folder` is everywhere the folder of all models, `Home.models`.
"""

from voicebot.downloads.limits import LIMITS, Limits
from voicebot.downloads.progress import Progress, Report
from voicebot.downloads.store import Missing, Verdict, Whole, Wrong, arrived, download, installed, remove, verify

__all__ = [
    "LIMITS",
    "Limits",
    "Missing",
    "Progress",
    "Report",
    "Verdict",
    "Whole",
    "Wrong",
    "arrived",
    "download",
    "installed",
    "remove",
    "verify",
]
