"""LaTeX, as far as it can be said; a formula that cannot is on the screen."""

from __future__ import annotations

import re

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule

_DISPLAYED = re.compile(r"\$\$(?P<formula>.{1,2000}?)\$\$|\\\[(?P<bracketed>.{1,2000}?)\\\]", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\begin\{(?P<name>\w+\*?)\}.*?(?:\\end\{(?P=name)\}|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"""
    \\\((?P<bracketed>.{1,300}?)\\\)
    | (?<![\w$\\]) \$ (?P<formula>[A-Za-z]|(?=[^\s$])(?=[^$\n]*[\\^_={}])[^$\n]*[^\s$\\]) \$ (?![\w$])
    """,
    re.VERBOSE,
)
_LONGEST = 80

_COMMANDS = {
    "times cdot ast": "×", "div": "÷", "pm": "±", "le leq leqslant": "≤", "ge geq geqslant": "≥", "ne neq": "≠",
    "approx sim simeq": "≈", "to rightarrow Rightarrow longrightarrow implies": "→", "infty": "∞", "sum": "∑",
    "int": "∫", "partial": "∂", "degree circ": "°", "percent": "%", "pi": "π",
    "ldots cdots dots": "…", "quad qquad left right displaystyle limits , ; : !": " ",
}  # fmt: skip
_SYMBOLS = {name: symbol for names, symbol in _COMMANDS.items() for name in names.split()}
_LETTERS = {
    "alpha": "알파", "beta": "베타", "gamma": "감마", "delta": "델타", "epsilon": "엡실론", "theta": "세타",
    "lambda": "람다", "mu": "뮤", "rho": "로", "sigma": "시그마", "tau": "타우", "phi": "파이", "omega": "오메가",
    "eta": "에타", "Delta": "델타", "Sigma": "시그마", "Omega": "오메가",
    "sin": "사인", "cos": "코사인", "tan": "탄젠트", "log": "로그", "ln": "자연로그", "lim": "극한",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+|[,;:!])")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{(?P<over>[^{}]*)\}\s*\{(?P<under>[^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{(?P<of>[^{}]*)\}")
_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|mathit|operatorname|mathbb|mathcal)\s*\{(?P<words>[^{}]*)\}")
_LOWERED = re.compile(r"_\{?(?P<index>\w+)\}?")


def formula_rules(korean: bool) -> list[Rule]:
    return [
        Rule(_DISPLAYED, lambda match: f"\n{_say(match, korean)}\n", Reason.FORMULA),
        Rule(_INLINE, lambda match: _say(match, korean), Reason.FORMULA),
        Rule(_ENVIRONMENT, f"\n{_on_screen(korean)}\n", Reason.FORMULA),
    ]


def _say(match: re.Match[str], korean: bool) -> str:
    formula = match["formula"] or match["bracketed"]
    words = _simplified(formula, korean)
    if len(formula) > _LONGEST or re.search(r"[\\{}&]", words):
        return _on_screen(korean)
    return words.strip()


def _on_screen(korean: bool) -> str:
    return "수식이 화면에 있습니다" if korean else "a formula is on the screen"


def _simplified(formula: str, korean: bool) -> str:
    """The formula without LaTeX, as far as it goes; symbols are left to be said like any others."""
    said = formula.replace("\\%", "%").replace("\\$", "$").replace("\n", " ")
    said = _WORDS.sub(r" \g<words> ", said)
    said = _LOWERED.sub(r" \g<index> ", said)
    for _ in range(3):  # fractions and roots within each other
        said = _FRACTION.sub(r" \g<under>분의 \g<over> " if korean else r" \g<over> over \g<under> ", said)
        said = _ROOT.sub(r" √\g<of> ", said)
    said = _COMMAND.sub(lambda match: _command(match["name"], korean), said)
    return re.sub(r"\^\{(?P<power>[^{}]*)\}", r"^\g<power>", said)


def _command(name: str, korean: bool) -> str:
    if name in _LETTERS:
        return f" {_LETTERS[name] if korean else name} "
    return f" {_SYMBOLS[name]} " if name in _SYMBOLS else f"\\{name}"
