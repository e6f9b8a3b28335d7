"""`voicebot docs`: the documents that answers may rest on: add them, see what is there, search, remove."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.cli.options import printable, say_to_person
from voicebot.errors import UsageError, one_line
from voicebot.session import session

if TYPE_CHECKING:
    from voicebot.documents.documents import Documents
    from voicebot.rag.passages import Collection, Document, Found, Progress

WIDTH = 76
"""Columns of a passage that is shown."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("docs", help="add, list, search and remove your documents")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = actions.add_parser("add", help="read files and folders into a collection, or go on reading it")
    adding.add_argument("collection", metavar="COLLECTION", help="its name; it is made where it is new")
    adding.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files and folders")
    listing = actions.add_parser("list", help="show the collections, or the documents of one")
    listing.add_argument("collection", nargs="?", default="", metavar="COLLECTION")
    removing = actions.add_parser("remove", help="forget a collection, or some of its sources; the files stay")
    removing.add_argument("collection", metavar="COLLECTION")
    removing.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="what was added; all of it if none")
    searching = actions.add_parser("search", help="show the passages about something")
    searching.add_argument("text", metavar="TEXT", help="a question, or words")
    searching.add_argument("--collection", default="", metavar="NAME", help="look in this one only")
    searching.add_argument("--count", type=int, default=5, metavar="N", help="the most passages to show (5)")
    searching.add_argument("--language", default="en", metavar="L", help="of the words for places, such as ko")
    for action, run in ((adding, _add), (listing, _list), (removing, _remove), (searching, _search)):
        action.add_argument("--json", action="store_true", help="print one JSON object")
        action.set_defaults(run=_in_a_loop(run))


Action = Callable[[argparse.Namespace, "Documents"], Awaitable[int]]


def _in_a_loop(action: Action) -> Callable[[argparse.Namespace], int]:
    """Runs an action with the documents open, which reading and searching by meaning go on behind."""

    async def with_documents(args: argparse.Namespace) -> int:
        async with _opened(indexes=action is _add) as shelf:
            return await action(args, shelf)

    return lambda args: asyncio.run(with_documents(args))


@asynccontextmanager
async def _opened(*, indexes: bool) -> AsyncIterator[Documents]:
    from voicebot.building import documents

    with session() as begun:
        tell = lambda error: say_to_person(f"voicebot: {error}")  # noqa: E731
        shelf = documents(begun, indexes=indexes, tell=tell)
        try:
            await shelf.start()
            yield shelf
        finally:
            await shelf.close()


async def _add(args: argparse.Namespace, shelf: Documents) -> int:
    if args.paths and not await shelf.add(args.collection, args.paths):
        say_to_person("voicebot: there is nothing in it yet that can be read")
    await shelf.find(args.collection)
    try:
        with _bar() as report:
            shelf.on_progress = report
            await shelf.settled()
    except asyncio.CancelledError:
        say_to_person(f"stopped; `voicebot docs add {args.collection}` or the window goes on where this stopped")
        raise
    collection = await shelf.find(args.collection)
    there = await shelf.documents(collection.name)
    if args.json:
        _print_json(_collection_as_json(collection, there))
    else:
        print(_in_a_line(collection))
    for document in there:
        for line in _complaints(document):
            say_to_person(f"voicebot: {line}")
    return 1 if collection.failed and collection.failed == collection.documents else 0


async def _list(args: argparse.Namespace, shelf: Documents) -> int:
    if args.collection:
        return await _list_one(args, shelf)
    collections = await shelf.collections()
    if args.json:
        _print_json([_collection_as_json(one, await shelf.documents(one.name)) for one in collections])
    elif not collections:
        print("No documents yet: `voicebot docs add NAME PATH` adds some.")
    for one in collections if not args.json else []:
        print(_in_a_line(one))
        print("".join(f"    {printable(source)}\n" for source in one.sources), end="")
    return 0


async def _list_one(args: argparse.Namespace, shelf: Documents) -> int:
    collection = await shelf.find(args.collection)
    there = await shelf.documents(collection.name)
    if args.json:
        _print_json(_collection_as_json(collection, there))
        return 0
    for document in there:
        size = _counted(document.passages, "passage") if document.state == "indexed" else document.state
        print(printable(f"{document.path}: {document.title}, {size}"))
        print("".join(f"    {line}\n" for line in _complaints(document)), end="")
    return 0


async def _remove(args: argparse.Namespace, shelf: Documents) -> int:
    from voicebot.documents.adding import whole

    collection = await shelf.find(args.collection)
    for path in args.paths:
        await shelf.remove(collection.name, str(whole(path)))
    if not args.paths:
        await shelf.remove(collection.name)
    left = next((one for one in await shelf.collections() if one.name == collection.name), None)
    if args.json:
        _print_json({"name": collection.name, "passages": left.passages if left else 0, "gone": left is None})
    else:
        print(_in_a_line(left) if left else f"{collection.name} is gone; its files are where they were.")
    return 0


async def _search(args: argparse.Namespace, shelf: Documents) -> int:
    if not args.text.strip() or args.count < 1:
        raise UsageError("words are needed, and a number of passages from 1", fix="see voicebot docs --help")
    if args.collection:
        await shelf.find(args.collection)
    found = await shelf.search(args.text, args.collection, args.count, args.language)
    if args.json:
        _print_json({"text": args.text, "passages": [_found_as_json(one) for one in found]})
    elif not found:
        print("Nothing was found on that.")
    for number, one in enumerate(found if not args.json else [], start=1):
        print("\n".join(_shown(number, one, args.text, args.language)))
    return 0



def _in_a_line(one: Collection) -> str:
    parts = [_counted(one.documents, "document"), _counted(one.passages, "passage")]
    parts += [f"{one.waiting} still to read"] * bool(one.waiting) + [f"{one.failed} not readable"] * bool(one.failed)
    return f"{one.name}: {', '.join(parts)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _complaints(document: Document) -> Iterator[str]:
    name = Path(document.path).name
    if document.state == "failed":
        yield one_line(f"{name} was left out", document.why, document.fix)
    yield from (f"{name}: {note}" for note in document.notes)


def _shown(number: int, found: Found, text: str, language: str) -> Iterator[str]:
    from textwrap import indent, wrap

    from voicebot.rag.citing import place, quote

    passage = found.passage
    where = ", ".join(filter(None, (passage.title, place(passage, language))))
    yield printable(f"[{number}] {where} ({passage.path})")
    yield indent("\n".join(wrap(quote(passage.text, text), WIDTH)), "    ")


def _collection_as_json(collection: Collection, there: list[Document]) -> dict[str, Any]:
    return asdict(collection) | {"documents": [asdict(document) for document in there]}


def _found_as_json(found: Found) -> dict[str, Any]:
    return asdict(found.passage) | {"score": found.score, "relevance": found.relevance, "by": list(found.by)}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f}% |{bar}| {n:.0f}/{total:.0f}{postfix}"
    with tqdm(total=0, bar_format=form, leave=False, file=sys.stderr) as bar:

        def report(progress: Progress) -> None:
            bar.total = progress.total
            bar.set_description("by meaning" if progress.embedding else "reading", refresh=False)
            left = f"{progress.seconds_left:.0f} s left" if progress.seconds_left is not None else ""
            bar.set_postfix_str(", ".join(filter(None, (Path(progress.path).name[:30], left))), refresh=False)
            bar.update(progress.done - bar.n)

        yield report
