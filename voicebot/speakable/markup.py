"""What stands within a line: images, links, HTML, notes, emphasis."""

from __future__ import annotations

import html
import re

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule

_TAGS = (
    "a abbr article aside audio b big blockquote body br button center cite code col dd del details dfn div dl dt em "
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link main "
    "mark meta nav ol option p pre q s samp script section select small span strike strong style sub summary sup svg "
    "table tbody td tfoot th thead title tr tt u ul var video"
)
_LINE_TAGS = (
    "blockquote br dd details div dt article section h1 h2 h3 h4 h5 h6 hr li ol p pre summary table td th tr ul"
)
_TAG = rf"(?:{'|'.join(_TAGS.split())})"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"<(?P<tag>script|style)\b[^>]*>.*?(?:</(?P=tag)>|\Z)", re.DOTALL | re.IGNORECASE)
_LINE_TAG = re.compile(rf"</?(?:{'|'.join(_LINE_TAGS.split())})\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(rf"</?{_TAG}(?:\s[^<>]*)?/?>|<{_TAG}\s[^<>]*\Z", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_IMAGE = re.compile(rf"!\[(?P<label>[^\[\]]*)\]{_TARGET}")
_LINK = re.compile(rf"\[(?P<label>[^\[\]]+)\](?:{_TARGET}|\[[^\[\]\n]*\]|\([^()\n]*\Z)")
_UNLABELLED = re.compile(r"\[\]\((?P<address>[^()\n]*)\)")
_DEFINITION = re.compile(r"^[ \t]*\[[^\]\n^]+\]:[ \t]*\S+[^\n]*$", re.MULTILINE)
_ADDRESS = re.compile(
    r"<?(?:https?://(?:[^\s/?#@<>]*@)?(?:www\.)?|www\.)(?P<host>[\w.-]*[A-Za-z0-9])(?P<path>:\d+)?"
    r"(?:[/?#](?:[^\s<>()\[\]{}\"'`*|\u3000-\u303f가-힣]|\([^\s()]*\))*(?<![.,!?;:…])/?)?>?",
    re.ASCII | re.IGNORECASE,
)
_SCHEME = re.compile(r"\bhttps?:/+", re.IGNORECASE)
_OTHER_ADDRESS = re.compile(r"<?\b(?P<scheme>file|ftp|mailto|tel):(?://)?(?P<rest>[^\s<>()\"'`]+)>?")

_FOOTNOTE = re.compile(r"[ \t]*\[\^[^\]\s]+\]:?")
_NUMBERS = r"\d{1,3}(?:\s*[,–-]\s*\d{1,3})*"
_CITATION = re.compile(rf"[ \t]*(?:\[\[{_NUMBERS}\]\]|\[{_NUMBERS}\])(?:{_TARGET})?|[ \t]*【\d+[^】\n]*】")
_ESCAPE = re.compile(r"\\(?P<mark>[!-/:-@\[-`{-~])")

_STRUCK = re.compile(r"(?<![\w~])~~(?=[^\s~])[^~\n]+(?<=\S)~~(?!~)")
_UNDERSCORE_IN_WORD = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")


def html_rules() -> list[Rule]:
    return [
        Rule(_COMMENT, "", Reason.MARKUP),
        Rule(_SCRIPT, "", Reason.MARKUP),
        Rule(_LINE_TAG, "\n", Reason.MARKUP),
        Rule(_ANY_TAG, "", Reason.MARKUP),
        Rule(_ENTITY, _say_entity, Reason.MARKUP),
    ]


def link_rules(korean: bool) -> list[Rule]:
    address = r"\g<host> 링크" if korean else r"a link to \g<host>"
    return [
        Rule(_DEFINITION, "", Reason.LINK),
        Rule(_IMAGE, r"\g<label>", Reason.IMAGE),
        Rule(_FOOTNOTE, "", Reason.NOTE),
        Rule(_CITATION, "", Reason.NOTE),
        Rule(_LINK, r"\g<label>", Reason.LINK),
        Rule(_UNLABELLED, r"\g<address>", Reason.LINK),
        Rule(_ADDRESS, address, Reason.LINK),
        Rule(_SCHEME, "", Reason.LINK),
        Rule(_OTHER_ADDRESS, lambda match: _other_address(match, korean), Reason.LINK),
    ]


def emphasis_rules() -> list[Rule]:
    """After links and lines; single marks are dropped where symbols are said, for a piece may hold only one of two."""
    return [
        Rule(_ESCAPE, r"\g<mark>", Reason.MARKUP),
        Rule(_STRUCK, "", Reason.MARKUP),
        Rule(_UNDERSCORE_IN_WORD, " ", Reason.MARKUP),
    ]


def _say_entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return f" {character} " if character in "<>" else character  # written so as not to be a tag


def _other_address(match: re.Match[str], korean: bool) -> str:
    if match["scheme"] in ("mailto", "tel"):
        return match["rest"]
    name = match["rest"].rstrip("/").rpartition("/")[2]
    return f"{name} 파일 링크" if korean else f"a link to {name}"
