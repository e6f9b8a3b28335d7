"""A Hugging Face hub on this machine: its list of files, and the files of each commit. Replies make it misbehave."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from tests.hostile_server import HostileServer, Reply

REPOSITORY = "someone/small-model"
LARGE = 1000
"""Bytes from which on a file is kept in Git LFS (on the real hub it goes by its kind and size)."""

Files = Mapping[str, bytes]


class HuggingFace(HostileServer):
    """`commits` are the files of each; `head` is the one that the branch is at. The n-th reply is for the n-th request.

    `listed` changes what the list of files says; `refusal` is a status and a code for every file.
    """

    def __init__(self, files: Files, replies: Sequence[Reply] = (Reply(),)) -> None:
        super().__init__(b"", replies)
        self.head = "a" * 40
        self.commits: dict[str, Files] = {self.head: files}
        self.listed: dict[str, Any] = {}
        self.refusal: tuple[int, str] | None = None

    def push(self, files: Files, *, forget: bool = False) -> None:
        """A new commit; the old ones stay, unless they are to be forgotten."""
        if forget:
            self.commits.clear()
        self.head = "b" * 40
        self.commits[self.head] = files

    @property
    def asked(self) -> list[str]:
        """What was asked for: "list", or the name of a file with the first letter of its commit."""
        return [self._short(request.target) for request in self.requests]

    def _short(self, target: str) -> str:
        commit, name = self._place(target)
        return f"{commit[0]}:{name}" if commit else "list"

    def _place(self, target: str) -> tuple[str, str]:
        _, found, place = target.partition("/resolve/")
        commit, _, name = place.partition("/")
        return (commit, unquote(name)) if found else ("", "")

    def _content(self, reply: Reply, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        return super()._content(self._reply(reply, self.requests[-1].target), asked)

    def _reply(self, reply: Reply, target: str) -> Reply:
        if reply.status is not None or reply.body is not None:
            return reply
        commit, name = self._place(target)
        if not commit:
            listing = target.startswith(f"/api/models/{REPOSITORY}/revision/main?blobs=true")
            body = json.dumps(self._listing() | self.listed).encode()
            return replace(reply, body=body, etag="") if listing else _refused(reply, 401, "RepoNotFound")
        if self.refusal is not None:
            return _refused(reply, *self.refusal)
        file = self.commits.get(commit, {}).get(name)
        return _refused(reply, 404, "EntryNotFound") if file is None else replace(reply, body=file)

    def _listing(self) -> dict[str, Any]:
        files = self.commits[self.head]
        return {"sha": self.head, "siblings": [_sibling(name, file) for name, file in files.items()]}


def _refused(reply: Reply, status: int, code: str) -> Reply:
    return replace(reply, status=status, body=b"", headers={"X-Error-Code": code})


def _sibling(name: str, file: bytes) -> dict[str, Any]:
    blob = hashlib.sha1(b"blob %d\0" % len(file) + file).hexdigest()
    entry: dict[str, Any] = {"rfilename": name, "size": len(file), "blobId": blob}
    if len(file) < LARGE:
        return entry
    sha256 = hashlib.sha256(file).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {len(file)}\n".encode()
    entry["blobId"] = hashlib.sha1(b"blob %d\0" % len(pointer) + pointer).hexdigest()
    return entry | {"lfs": {"sha256": sha256, "size": len(file), "pointerSize": len(pointer)}}
