"""The package's source as syntax trees, and where the values of a name come from in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import voicebot

PACKAGE = Path(voicebot.__file__).parent
LEFT_OUT = ("cli",)
"""It speaks English."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Module:
    name: str
    tree: ast.Module
    parents: dict[ast.AST, ast.AST]
    calls: tuple[ast.Call, ...]
    functions: tuple[Function, ...]

    def enclosing(self, node: ast.AST) -> Iterator[Function]:
        """The functions around a node, innermost first."""
        while (node := self.parents.get(node, self.tree)) is not self.tree:
            if isinstance(node, Function):
                yield node

    def function(self, name: str) -> Function | None:
        return next((one for one in self.functions if one.name == name), None)

    def constants(self, name: str) -> list[ast.expr]:
        """What is assigned to a name of the module itself."""
        assigned = [node for node in self.tree.body if isinstance(node, ast.Assign)]
        return [one.value for one in assigned if any(isinstance(to, ast.Name) and to.id == name for to in one.targets)]

    def imported_for(self, name: str) -> list[Module]:
        """The modules of the package that the name is imported from."""
        froms = {
            f"{node.module}."
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and any((one.asname or one.name) == name for one in node.names)
        }
        return [module for module in modules() if f"{PACKAGE.name}.{module.name}." in froms]

    def property(self, name: str) -> Function | None:
        found = self.function(name)
        is_one = found is not None and any(ast.unparse(mark) == "property" for mark in found.decorator_list)
        return found if is_one else None


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] not in LEFT_OUT:
            found.append(parsed(".".join(parts), path.read_text("utf-8")))
    return tuple(found)


def parsed(name: str, source: str) -> Module:
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
    calls = tuple(node for node in nodes if isinstance(node, ast.Call))
    functions = tuple(node for node in nodes if isinstance(node, Function))
    return Module(name, tree, parents, calls, functions)


def called_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def receiver(call: ast.Call) -> ast.expr:
    assert isinstance(call.func, ast.Attribute)
    return call.func.value


def arguments(call: ast.Call, parameters: Iterable[str]) -> Iterator[tuple[str, ast.expr]]:
    yield from zip(parameters, call.args, strict=False)
    yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None)


def parameters(function: Function) -> tuple[str, ...]:
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return (*(names[1:] if names[:1] == ["self"] else names), *(one.arg for one in function.args.kwonlyargs))


def default(function: Function, name: str) -> ast.expr | None:
    given = function.args
    positional = [one.arg for one in (*given.posonlyargs, *given.args)]
    defaults = dict(zip(reversed(positional), reversed(given.defaults), strict=False))
    defaults |= {one.arg: value for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value}
    return defaults.get(name)


def within(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function, without those of functions inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def assigned(function: Function, name: str) -> list[ast.expr] | None:
    """What is assigned to a local variable: None for no local variable, nothing where it cannot be told."""
    found: list[ast.expr] = []
    for node in within(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                found.append(value)
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                found.append(value)
    stored = [n for n in within(function) if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)]
    if not stored:
        return None
    return found if len(found) == len(stored) else []
