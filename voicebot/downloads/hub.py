"""What a Hugging Face hub tells of a repository: the commit, and of each file its size and checksum.

`GET /api/models/REPOSITORY/revision/REVISION?blobs=true` (https://huggingface.co/docs/hub/api). Reasons for a refusal
stand in `X-Error-Code`, as `huggingface_hub.utils.hf_raise_for_status` reads them; where there is no such repository,
or only for some people, the hub answers 401.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from voicebot.catalogue import Hub, Model
from voicebot.downloads.line import ELSEWHERE, GONE, Broken, Line, Refused, host_of, mirrored
from voicebot.downloads.manifest import Manifest, Wanted
from voicebot.errors import ModelError

if TYPE_CHECKING:
    import httpx2

ENDPOINT = "https://huggingface.co"
LONGEST = 16 << 20
"""Bytes of a listing: of a repository with 50,000 files."""
OTHER = "Choose another model"


class _Large(Struct):
    """A file kept in Git LFS."""

    size: int
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class _Sibling(Struct):
    rfilename: str
    size: int | None = None
    blob_id: str = msgspec.field(default="", name="blobId")
    lfs: _Large | None = None


class _Listing(Struct):
    sha: Annotated[str, Meta(pattern=r"^[0-9a-f]{40}\Z")]
    siblings: list[_Sibling]


async def listing(model: Model, line: Line, mirror: str | None) -> Manifest:
    """Ask for the files of `model`, which has a hub. Raises ModelError."""
    hub = model.hub
    assert hub is not None
    path = f"/api/models/{hub.repository}/revision/{quote(hub.revision, safe='')}?blobs=true"
    url = mirrored(ENDPOINT + path, mirror)
    line.meter.tell(0, f"asking {host_of(url)} for the list of files")
    try:
        listed = msgspec.json.decode(await _answer(line, url), type=_Listing)
        if lacking := hub.lacking(one.rfilename for one in listed.siblings):
            raise line.failure(f"{hub.repository} does not hold {', '.join(lacking)}", OTHER)
        return Manifest(_wanted(hub, listed), hub.repository, hub.revision)
    except Refused as refused:
        raise _refusal(hub, line, refused) from refused
    except msgspec.MsgspecError as error:
        why = f"the list of files that {host_of(url)} sent makes no sense"
        raise line.failure(why, ELSEWHERE) from error


def told(model: Model, refused: Refused) -> ModelError:
    """Why one of the model's files is not given."""
    if model.hub is not None and (refused.code == "GatedRepo" or refused.status == 401):
        return ModelError(refused.failure.what, _gated(model.hub), OTHER)
    return refused.failure


async def _answer(line: Line, url: str) -> bytes:
    while True:
        try:
            async with asyncio.timeout(line.limits.listing):
                async with line.get(url, {"Accept": "application/json"}) as response:
                    return await _body(response, line, host_of(url))
        except Broken as broken:
            await line.wait(broken, 0)
        except TimeoutError:
            why = f"{host_of(url)} sent no list of files for {line.limits.listing:g} seconds"
            await line.wait(Broken(why), 0)


async def _body(response: httpx2.Response, line: Line, host: str) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        line.received = True
        if len(body) > LONGEST:
            raise line.failure(f"the list of files that {host} sent makes no sense", ELSEWHERE)
    return bytes(body)


def _wanted(hub: Hub, listed: _Listing) -> tuple[Wanted, ...]:
    """The files, in the order in which the catalogue asks for them. Raises ValidationError for names that lead away."""
    found = {one.rfilename: one for one in listed.siblings if hub.wants(one.rfilename)}
    place = {name: number for number, name in enumerate(hub.files)}
    names = sorted(found, key=lambda name: (place.get(name, len(place)), name))
    files = [_entry(found[name], f"{ENDPOINT}/{hub.repository}/resolve/{listed.sha}/{quote(name)}") for name in names]
    return msgspec.convert(files, tuple[Wanted, ...])


def _entry(one: _Sibling, url: str) -> dict[str, object]:
    entry: dict[str, object] = {"filename": one.rfilename, "url": url}
    if one.lfs is not None:
        return entry | {"size": one.lfs.size, "digest": one.lfs.sha256, "algorithm": "sha256"}
    return entry | {"size": one.size, "digest": one.blob_id, "algorithm": "git-blob"}


def _refusal(hub: Hub, line: Line, refused: Refused) -> ModelError:
    if refused.code == "GatedRepo":
        return line.failure(_gated(hub), OTHER)
    if refused.code == "RevisionNotFound":
        return line.failure(f"{hub.repository} has no revision {hub.revision}", OTHER)
    if refused.code == "RepoNotFound" or refused.status in (401, *GONE):
        return line.failure(f"there is no repository {hub.repository}, or not for everybody", OTHER)
    return refused.failure


def _gated(hub: Hub) -> str:
    return f"{hub.repository} is given only to people who signed in and accepted its terms"
