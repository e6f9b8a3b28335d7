"""`make screenshots`: every screen of the window into docs/images, or into the folder that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.screenshots.take import all_pictures

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    all_pictures(target)
