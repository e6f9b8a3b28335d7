"""Every message of the core that a person can read, collected from the source without running it.

A message is a template: what an f-string puts in stands in braces. Followed are conditional expressions, local
variables, constants, what functions of the package return, and what is handed to their parameters. An expression that
cannot be followed is in `Collected.unread`, unless the caller says (in `known`) which strings it can give.
Left out is `voicebot/cli/`: the command line speaks English.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from tests.syntax import (
    Function,
    Module,
    arguments,
    assigned,
    called_name,
    default,
    modules,
    parameters,
    receiver,
    within,
)
from voicebot import errors, events
from voicebot.doctor import Check, Diagnosis
from voicebot.readiness import NotReady, Ready
from voicebot.settings import SETTINGS, Fault
from voicebot.stt.base import Nothing

TEXTS = frozenset({"what", "why", "fix", "reason", "detail", "adds", "message", "check", "waiting"})
"""Fields that hold a message; reading one gives no new message, for it is collected where it was made."""

ERRORS = {name for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, Exception)}
CARRIERS = (
    *(events.Notice, events.Failed, events.NoSpeech, events.DeviceLost),
    *(Ready, NotReady, Nothing, Check, Diagnosis, Fault),
)
MADE_WITH: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(ERRORS, ("what", "why", "fix")),
    **{kind.__name__: tuple(one.name for one in fields(kind)) for kind in CARRIERS},
}
"""The parameters of whatever takes a message, wherever it is called."""

MADE_HERE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "settings_file": {"Broken": ("message",), "ValueError": ("message",)},
    "setting_groups": {"ValueError": ("message",)},
    "history": {"OperationalError": ("message",)},
    "spending": {"OperationalError": ("message",)},
    "logs": {"_tell": ("message",), "_tell_once": ()},
    "rag.loading": {"left_out": ("message",)},
    "audio.portaudio": {"ValueError": ("message",)},
    "audio.spool": {"OSError": ("message",)},
    "downloads": {"Broken": ("why",), "NotIt": ("why",), "failure": ("why", "fix"), "tell": ("done", "waiting")},
}
"""The same, in one module or room."""

SEEN_THROUGH = frozenset({"redact", "rstrip"})
OPAQUE = frozenset({"in_units", "_shown"})
"""What these give is a value, not words: "75.6 MB"."""
ONE_VALUE = re.compile(r"\{\w+\}")


@dataclass(slots=True)
class Collected:
    """`messages` tells of each template where it stands; `unread` are expressions, each as "module: source"."""

    messages: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    known_met: set[str] = field(default_factory=set)


def collect(known: Mapping[str, Iterable[str]]) -> Collected:
    """Everything; `known` gives the strings of expressions that cannot be followed, as "module: source" or "source"."""
    collected = Collected()
    for module in modules():
        collect_from(module, known, collected)
    for setting in SETTINGS.values():
        for text in (setting.description, setting.expected):
            collected.messages.setdefault(text, "setting_groups")
    return collected


def collect_from(module: Module, known: Mapping[str, Iterable[str]], collected: Collected) -> None:
    reader = _Reader(module, known, collected)
    for call in module.calls:
        for name, argument in arguments(call, _taken_by(call, module)):
            if name in TEXTS:
                reader.collect(argument)


def _taken_by(call: ast.Call, module: Module) -> tuple[str, ...]:
    """The names of the parameters of what is called, when it takes a message."""
    called = called_name(call)
    for room, made in MADE_HERE.items():
        if f"{module.name}.".startswith(f"{room}.") and called in made:
            return made[called]
    return MADE_WITH.get(called, ())


class _Reader:
    """Reads the expressions of one module."""

    def __init__(self, module: Module, known: Mapping[str, Iterable[str]], collected: Collected) -> None:
        self._module = module
        self._known = known
        self._collected = collected
        self._following: set[ast.AST] = set()

    def collect(self, expression: ast.expr) -> None:
        texts, unread = self.read(expression)
        self._note(texts, expression)
        self._collected.unread |= unread

    def _note(self, texts: Iterable[str], node: ast.expr) -> None:
        for text in texts:
            if text and not ONE_VALUE.fullmatch(text):
                self._collected.messages.setdefault(text, f"{self._module.name}:{node.lineno}")

    def read(self, node: ast.AST) -> tuple[set[str], set[str]]:
        """The templates that an expression can give, and what in it cannot be read."""
        source = ast.unparse(node)
        place = f"{self._module.name}: {source}"
        for known in (place, source):
            if known in self._known:
                self._collected.known_met.add(known)
                return set(self._known[known]), set()
        if node in self._following:
            return set(), set()
        self._following.add(node)
        try:
            found = self._read(node)
        finally:
            self._following.discard(node)
        return found if found is not None else (set(), {place})

    def _read(self, node: ast.AST) -> tuple[set[str], set[str]] | None:
        match node:
            case ast.Constant(value=value):
                return ({value} if isinstance(value, str) else set()), set()
            case ast.JoinedStr(values=parts):
                texts = ["".join(texts) for texts in itertools.product(*map(self._part, parts))]
                return set(map(_numbered, texts)), set()
            case ast.IfExp(body=body, orelse=other):
                return self._all([body, other])
            case ast.BoolOp(op=ast.Or(), values=values):
                return self._all(values)
            case ast.BoolOp(op=ast.And(), values=values):
                return self.read(values[-1])
            case ast.Dict(values=values):
                return self._all(values)
            case ast.Subscript(value=value) | ast.Await(value=value):
                return self.read(value)
            case ast.Attribute(attr=name):
                return (set(), set()) if name in TEXTS else self._returned(self._module.property(name), self)
            case ast.Call() if called_name(node) in OPAQUE:
                return None
            case ast.Call(func=ast.Name(id="next"), args=[_, otherwise]):
                return self.read(otherwise)[0], {ast.unparse(node)}
            case ast.Call() if called_name(node) in SEEN_THROUGH:
                return self.read(node.args[0] if isinstance(node.func, ast.Name) else receiver(node))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                return self._returned(self._module.function(name), self)
            case ast.Call(func=ast.Name(id=name)):
                return self._call(name)
            case ast.Name(id=name):
                return self._name(node, name)
        return None

    def _all(self, nodes: Iterable[ast.AST]) -> tuple[set[str], set[str]]:
        found = [self.read(node) for node in nodes]
        return set().union(*(texts for texts, _ in found)), set().union(*(unread for _, unread in found))

    def _part(self, part: ast.expr) -> set[str]:
        """A piece of an f-string: its texts where they are all known, otherwise a placeholder."""
        if not isinstance(part, ast.FormattedValue):
            return self.read(part)[0]
        texts, unread = self.read(part.value)
        if texts and not unread:
            return texts
        self._note(texts, part)
        return {f"{{{_name_for(part.value)}}}"}

    def _call(self, name: str) -> tuple[set[str], set[str]] | None:
        """What a function gives that is called by its bare name: one of this module, or of another."""
        for module in (self._module, *modules()):
            function = module.function(name)
            if function is not None:
                return self._returned(function, self._in(module))
        return None

    def _returned(self, function: Function | None, reader: _Reader) -> tuple[set[str], set[str]] | None:
        returns = [node for node in within(function) if isinstance(node, ast.Return)] if function is not None else []
        return reader._all([node.value for node in returns if node.value]) if returns else None

    def _in(self, module: Module) -> _Reader:
        if module is self._module:
            return self
        reader = _Reader(module, self._known, self._collected)
        reader._following = self._following
        return reader

    def _name(self, node: ast.AST, name: str) -> tuple[set[str], set[str]] | None:
        for function in self._module.enclosing(node):
            if (values := assigned(function, name)) is not None:
                return self._all(values) if values else None
            if _is_captured(function, name):
                return set(), set()
            if name in parameters(function):
                return self._handed(function, name)
        for module in (self._module, *self._module.imported_for(name)):
            if constants := module.constants(name):
                return self._in(module)._all(constants)
        return None

    def _handed(self, function: Function, name: str) -> tuple[set[str], set[str]] | None:
        """What the calls of a function hand to its parameter, or its default."""
        texts: set[str] = set()
        unread: set[str] = set()
        called = False
        is_public = not function.name.startswith("_")
        is_method = isinstance(self._module.parents[function], ast.ClassDef)
        others = [module for module in modules() if module is not self._module]
        for module in (self._module, *(others if is_public and not is_method else ())):
            reader = self._in(module)
            for call in module.calls:
                if called_name(call) == function.name and isinstance(call.func, ast.Attribute) == is_method:
                    given = dict(arguments(call, parameters(function))).get(name) or default(function, name)
                    found = reader.read(given) if given is not None else (set(), {ast.unparse(call)})
                    called, texts, unread = True, texts | found[0], unread | found[1]
        return (texts, unread) if called else None


def _is_captured(function: Function, name: str) -> bool:
    """Whether it is taken out of something that carries messages, by a pattern."""
    return any(
        isinstance(pattern, ast.MatchAs) and pattern.name == name
        for node in within(function)
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name) and node.cls.id in MADE_WITH
        for pattern in node.patterns
    )


def _name_for(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_")
        case ast.Subscript(value=value):
            return _name_for(value)
        case ast.Call(args=[first, *_]):
            return _name_for(first)
        case ast.BinOp(left=left):
            return _name_for(left)
    return "value"


def _numbered(template: str) -> str:
    """With a number behind a placeholder's name that stands in it a second time."""
    met: dict[str, int] = {}
    pieces = []
    for piece in template.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if piece.startswith("{"):
            met[piece] = met.get(piece, 0) + 1
            piece = piece if met[piece] == 1 else f"{piece[:-1]}{met[piece]}}}"
        pieces.append(piece)
    return "".join(pieces)
