"""Rights on files: the superuser has them all, so what is refused is tried as somebody else."""

from __future__ import annotations

from pathlib import Path

AS_NOBODY = """
import os
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
"""
"""Python that gives up the superuser's rights."""


def let_others_in(folder: Path) -> None:
    """Let another user reach `folder`, through the folders above it that its owner made."""
    for path in (folder, *folder.parents):
        if path.owner() == folder.owner() and path != Path(path.anchor):
            path.chmod(path.stat().st_mode | 0o711)
