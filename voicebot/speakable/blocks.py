"""What fills whole lines: code, reasoning, tables, headings, lists, quotes, rules."""

from __future__ import annotations

import re

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule

# One pattern, so that whatever opens first wins: a tag in code is code, a fence in reasoning is reasoning.
_CODE_OR_REASONING = re.compile(
    r"""
    (?:^[ \t>]*+|(?=`)) (?<![`~])(?P<fence>`{3,}+|~{3,}+) (?P<info>[^\n`]*) \n
        (?P<body>.*?) (?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    | <(?P<tag>think|thinking|reasoning)> .*? (?:</(?P=tag)>|\Z)
    | (?<!`)(?P<ticks>`++) (?P<code>[^\n]+?) (?<!`)(?P=ticks)(?!`)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_END_OF_REASONING = re.compile(r"\A.*?</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_TABLE = re.compile(
    r"""
    ^[ \t>]*+(?=[^\n|]*\|)(?P<head>[^\n]*)\n
    (?=[^\n|]*\|)[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?:\n|\Z)
    (?P<rows>(?:(?=[^\n|]*\|)[^\n]*(?:\n|\Z))*)
    """,
    re.VERBOSE | re.MULTILINE,
)
_TABLE_ROW = re.compile(r"^[ \t]*\|(?P<cells>[^\n]+)\|[ \t]*$", re.MULTILINE)
_HORIZONTAL_RULE = re.compile(r"^[ \t]*(?P<mark>[-*_=~])[ \t]*(?:(?P=mark)[ \t]*){2,}$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}(?:[ \t]+|$)", re.MULTILINE)
_END_OF_HEADING = re.compile(r"[ \t]+#+[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_CALLOUT = re.compile(r"\[!(?P<kind>[A-Za-z]+)\]")
_LIST_MARK = re.compile(r"^[ \t]*[-*+•◦▪▫‣●○■□→➤➜✓✔✅☑]\ufe0f?[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_LIST_NUMBER = re.compile(r"^(?P<number>[ \t]*\d{1,3})\)(?=[ \t])", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)

# As they are said in English and in Korean, by the names that stand after a fence.
_CODE_LANGUAGES = {
    "bash sh shell zsh console terminal": ("shell", "셸"),
    "c": ("C", "C"),
    "c++ cpp cxx": ("C plus plus", "C 플러스 플러스"),
    "c# cs csharp": ("C sharp", "C 샵"),
    "css": ("CSS", "CSS"),
    "dockerfile docker": ("Docker", "도커"),
    "go golang": ("Go", "고"),
    "html": ("HTML", "HTML"),
    "java": ("Java", "자바"),
    "javascript js jsx node": ("JavaScript", "자바스크립트"),
    "json jsonc": ("JSON", "제이슨"),
    "kotlin kt": ("Kotlin", "코틀린"),
    "latex tex": ("LaTeX", "레이텍"),
    "markdown md": ("Markdown", "마크다운"),
    "php": ("PHP", "PHP"),
    "powershell ps1": ("PowerShell", "파워셸"),
    "python py python3": ("Python", "파이썬"),
    "r": ("R", "R"),
    "ruby rb": ("Ruby", "루비"),
    "rust rs": ("Rust", "러스트"),
    "sql": ("SQL", "SQL"),
    "swift": ("Swift", "스위프트"),
    "toml": ("TOML", "톰엘"),
    "typescript ts tsx": ("TypeScript", "타입스크립트"),
    "xml": ("XML", "XML"),
    "yaml yml": ("YAML", "야믈"),
}
_SAID_LANGUAGES = {name: said for names, said in _CODE_LANGUAGES.items() for name in names.split()}


def block_rules(korean: bool) -> list[Rule]:
    """Code and reasoning, then tables: they come before all other markup, which may stand in them."""
    return [
        Rule(_CODE_OR_REASONING, lambda match: _say_code_or_reasoning(match, korean), _code_or_reasoning),
        Rule(_END_OF_REASONING, "", Reason.REASONING),
        Rule(_TABLE, lambda match: _say_table(match, korean), Reason.TABLE),
        Rule(_TABLE_ROW, lambda match: ", ".join(_cells(match["cells"])), Reason.TABLE),
    ]


def line_rules() -> list[Rule]:
    """Marks at the beginnings of lines. A mark that begins something new leaves a line break, which is a pause."""
    return [
        Rule(_HORIZONTAL_RULE, "", Reason.MARKUP),
        Rule(_QUOTE, "", Reason.MARKUP),
        Rule(_CALLOUT, r"\g<kind>", Reason.MARKUP),
        Rule(_HEADING, "\n", Reason.MARKUP),
        Rule(_END_OF_HEADING, "", Reason.MARKUP),
        Rule(_LIST_MARK, "\n", Reason.MARKUP),
        Rule(_LIST_NUMBER, r"\g<number>.", Reason.MARKUP),
        Rule(_INDENT, "", Reason.EMPTY),
    ]


def _code_or_reasoning(match: re.Match[str]) -> Reason:
    return Reason.REASONING if match["tag"] else Reason.CODE


def _say_code_or_reasoning(match: re.Match[str], korean: bool) -> str:
    if match["tag"]:
        return ""
    if match["fence"]:
        return _say_code_block(match["info"], match["body"], korean)
    return code_words(match["code"])


def _say_code_block(info: str, body: str, korean: bool) -> str:
    name = re.match(r"[ \t{.]*(?P<name>[\w+#]*)", info)
    language = _SAID_LANGUAGES.get(name["name"].lower(), ("", "")) if name else ("", "")
    lines = len(body.strip("\n").split("\n")) if body.strip() else 0
    if not lines:
        return ""
    if korean:
        return f"\n{language[1]} 코드 블록 {lines}줄이 화면에 있습니다\n".replace("\n ", "\n")
    block = f"a code block in {language[0]}" if language[0] else "a code block"
    return f"\n{block}, {lines} {'line' if lines == 1 else 'lines'}, is on the screen\n"


def code_words(code: str) -> str:
    """Inline code as it is said: its words, and the operators that have names."""
    bare = re.sub(r"<(/?[A-Za-z][^<>]*)>", r" \1 ", code)
    words = re.sub(r"[^\w\s.\-+*/=<>%:,!?°'&^#]+|_+|:{2,}", " ", bare)
    return re.sub(r"(?<!\S)-+(?=\w)", "", words).strip()


def _say_table(match: re.Match[str], korean: bool) -> str:
    rows = sum(bool(row.strip()) for row in match["rows"].split("\n"))
    columns = ", ".join(_cells(match["head"]))
    if korean:
        phrase = f"{rows}행짜리 표가 화면에 있습니다"
    else:
        phrase = f"a table with {rows} {'row' if rows == 1 else 'rows'} is on the screen"
    return f"\n{phrase}: {columns}\n" if columns else f"\n{phrase}\n"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|") if cell.strip()]
