"""`voicebot models`: which models there are, and fetching, checking and removing them."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from voicebot import downloads, settings
from voicebot.catalogue import Catalogue, Model, in_units, installed_path
from voicebot.downloads import Missing, Progress, Report, Verdict, Whole, Wrong
from voicebot.errors import ModelError
from voicebot.resources import Home, find_home

MANY = 3
"""The most languages of a model that are named; more are counted."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `models` and what it can do."""
    parser = subparsers.add_parser("models", help="list, download, verify and remove models")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show every model, what it needs, and whether it is here")
    listing.add_argument("--engine", metavar="ENGINE", help="only this engine's, such as whisper")
    fetching = actions.add_parser("download", help="fetch models; a download that was broken off goes on")
    fetching.add_argument("--mirror", metavar="URL", help="fetch from here instead, such as https://host/folder")
    checking = actions.add_parser("verify", help="read models and compare them with their checksums")
    removing = actions.add_parser("remove", help="delete models, and what is left of broken downloads")
    for action in (fetching, removing):
        action.add_argument("names", nargs="+", metavar="MODEL", help="such as whisper:base")
    checking.add_argument("names", nargs="*", metavar="MODEL", help="such as whisper:base; all that are here if none")
    for action in (listing, fetching, checking, removing):
        action.add_argument("--json", action="store_true", help="print JSON, for programs")
        action.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return the exit status. Raises ModelError, StorageError, UsageError."""
    catalogue, home = Catalogue.load(), find_home()
    if args.action == "list":
        return _list(catalogue, home, args)
    if args.action == "verify" and not args.names:
        models = [model for model in catalogue.models if downloads.installed(model, home.models)]
    else:
        models = list(dict.fromkeys(catalogue.find(name) for name in args.names))
    action = {"download": _download, "verify": _verify, "remove": _remove}[args.action]
    return asyncio.run(action(models, home, args))


def _list(catalogue: Catalogue, home: Home, args: argparse.Namespace) -> int:
    models = catalogue.models if args.engine is None else catalogue.for_engine(args.engine)
    if args.json:
        _print_json([_as_json(model, home) for model in models])
        return 0
    width = max((len(model.name) for model in models), default=0)
    for model in models:
        mark = "*" if downloads.installed(model, home.models) else " "
        size = in_units(model.size) if model.hub is None else f"~{in_units(model.size)}"
        about = f"{mark} {model.name:{width}}  {size:>8}  {in_units(model.memory):>8}  {_languages(model):12}  "
        print(about + model.description.en)
        if model.remark is not None:
            print(" " * len(about) + model.remark.en)
    print("\n* is here. The sizes are the download's, and the memory it takes." if models else "No such models.")
    return 0


def _as_json(model: Model, home: Home) -> dict[str, Any]:
    return {
        "name": model.name,
        "engine": model.engine,
        "aliases": [f"{model.engine}:{alias}" for alias in model.aliases],
        "size": model.size,
        "repository": model.hub.repository if model.hub is not None else None,
        "memory": model.memory,
        "languages": list(model.languages) if model.languages != "multilingual" else "multilingual",
        "licence": model.licence,
        "description": msgspec.to_builtins(model.description),
        "remark": msgspec.to_builtins(model.remark),
        "installed": downloads.installed(model, home.models),
        "path": str(installed_path(home.models, model)),
    }


def _languages(model: Model) -> str:
    if model.languages == "multilingual":
        return model.languages
    return ", ".join(model.languages) if len(model.languages) <= MANY else f"{len(model.languages)} languages"


async def _download(models: list[Model], home: Home, args: argparse.Namespace) -> int:
    mirror = args.mirror
    if mirror is None:
        mirror = (await asyncio.to_thread(settings.load, home)).settings.downloads.mirror
    fetched = []
    for model in models:
        with _bar(model) as report:
            paths = await downloads.download(model, home.models, progress=report, mirror=mirror)
        fetched.append({"name": model.name, "files": [str(path) for path in paths]})
        if not args.json:
            print(f"{model.name} is here: {paths[0]}")
    if args.json:
        _print_json(fetched)
    return 0


async def _verify(models: list[Model], home: Home, args: argparse.Namespace) -> int:
    verdicts: dict[str, Verdict] = {}
    for model in models:
        with _bar(model) as report:
            verdicts[model.name] = await downloads.verify(model, home.models, progress=report)
        if not args.json:
            print(f"{model.name}: {_in_words(verdicts[model.name])}")
    if args.json:
        _print_json([{"name": name} | _verdict_as_json(verdict) for name, verdict in verdicts.items()])
    elif not models:
        print("No models are here.")
    _demand_whole(verdicts)
    return 0


def _demand_whole(verdicts: dict[str, Verdict]) -> None:
    bad = [name for name, verdict in verdicts.items() if verdict != Whole()]
    wrong = [name for name in bad if isinstance(verdicts[name], Wrong)]
    steps = [f"`voicebot models remove {' '.join(wrong)}`"] if wrong else []
    steps.append(f"`voicebot models download {' '.join(bad)}`")
    if bad:
        what = "Models are wrong or missing" if wrong else "Models are missing"
        raise ModelError(what, why=", ".join(bad), fix=f"Run {' and then '.join(steps)}")


def _in_words(verdict: Verdict) -> str:
    match verdict:
        case Whole():
            return "right"
        case Missing(files):
            return f"missing ({', '.join(files)})"
        case Wrong(files):
            return f"wrong ({', '.join(files)})"


def _verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    match verdict:
        case Whole():
            return {"verdict": "ok", "files": []}
        case Missing(files):
            return {"verdict": "missing", "files": list(files)}
        case Wrong(files):
            return {"verdict": "wrong", "files": list(files)}


async def _remove(models: list[Model], home: Home, args: argparse.Namespace) -> int:
    removed = []
    for model in models:
        freed = await downloads.remove(model, home.models)
        removed.append({"name": model.name, "freed": freed})
        if not args.json:
            print(f"{model.name} is gone: {in_units(freed)} freed" if freed else f"{model.name} was not here")
    if args.json:
        _print_json(removed)
    return 0


@contextlib.contextmanager
def _bar(model: Model) -> Iterator[Report]:
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from tqdm import tqdm

    with tqdm(desc=model.name, total=model.size, unit="B", unit_scale=True, file=sys.stderr, leave=False) as bar:

        def report(progress: Progress) -> None:
            bar.total = progress.total
            bar.set_postfix_str(progress.waiting, refresh=bool(progress.waiting))
            bar.update(progress.done - bar.n)

        yield report


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
