"""The man page and the shells' completions, made from the command line's own parsers, so that they cannot be wrong.

Written here in one walk over the parsers: shtab knows no fish, argparse-manpage makes the page alone.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SHELLS = {"bash": "voicebot", "zsh": "_voicebot", "fish": "voicebot.fish"}
"""The name of the file in which each looks for what completes `voicebot`."""
PROGRAM = "voicebot"
FILES = re.compile(r"FILE|WAV|PATH|FOLDER|DIR|CLIPS|OUT", re.IGNORECASE)
"""Names of arguments that are files."""


@dataclass(frozen=True, slots=True)
class Option:
    names: tuple[str, ...]
    help: str
    value: str = ""
    """What it is called that follows; empty for an option without a value."""
    choices: tuple[str, ...] = ()

    @property
    def is_file(self) -> bool:
        return bool(FILES.search(self.value)) and not self.choices


@dataclass(frozen=True, slots=True)
class Command:
    """A parser: its words on the command line, its options, its arguments, the commands below it."""

    words: tuple[str, ...]
    help: str
    usage: str
    options: tuple[Option, ...] = ()
    arguments: tuple[Option, ...] = ()
    below: tuple[Command, ...] = field(default=())

    def all(self) -> Iterator[Command]:
        yield self
        for command in self.below:
            yield from command.all()


def read(parser: argparse.ArgumentParser, words: tuple[str, ...] = (), summary: str = "") -> Command:
    """A parser and all those below it."""
    options, arguments, below = [], [], []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            below = [read(inner, (*words, name), helps.get(name, "")) for name, inner in action.choices.items()]
        elif action.help is not argparse.SUPPRESS:
            (options if action.option_strings else arguments).append(_option(parser, action))
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    return Command(words, summary or parser.description or "", usage, tuple(options), tuple(arguments), tuple(below))


def _option(parser: argparse.ArgumentParser, action: argparse.Action) -> Option:
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    takes = action.nargs != 0
    said = parser._get_formatter()._expand_help(action) if action.help else ""
    choices = tuple(map(str, action.choices or ()))
    return Option(tuple(action.option_strings), " ".join(said.split()), name if takes else "", choices)


# -- the man page -----------------------------------------------------------------------------------------------------


def man_page(root: Command, version: str, date: str) -> str:
    """voicebot(1) in man's macros, `date` as YYYY-MM-DD."""
    lines = [f'.TH VOICEBOT 1 {date} "Voicebot {version}" "User Commands"', ".SH NAME",
             r"voicebot \- a voice assistant that works offline", ".SH SYNOPSIS"]  # fmt: skip
    for command in root.below:
        lines += [f".B voicebot {_roff(command.words[0])}", _roff(_rest(command)), ".br"]
    lines += [".SH DESCRIPTION", _roff(root.help), ".SH OPTIONS", *_options(root), ".SH COMMANDS"]
    for command in root.below:
        for one in command.all():
            lines += [".SS " + _roff(" ".join((PROGRAM, *one.words))), _roff(_sentence(one.help)), *_options(one)]
    return "\n".join([*lines, *_ending()]) + "\n"


def _rest(command: Command) -> str:
    return command.usage.partition(command.words[0])[2].strip()


def _options(command: Command) -> Iterator[str]:
    for option in (*command.arguments, *command.options):
        names = ", ".join(rf"\fB{_roff(name)}\fR" for name in option.names)
        value = _roff("|".join(option.choices) or option.value) if option.value else ""
        yield from (".TP", " ".join(filter(None, (names, rf"\fI{value}\fR" if value else ""))), _roff(option.help))


def _ending() -> list[str]:
    return [
        ".SH ENVIRONMENT", ".TP", r"\fBVOICEBOT_HOME\fR", "A folder for everything that Voicebot writes.",
        ".TP", r"\fBVOICEBOT_GROUP_KEY\fR",
        r"A setting, such as \fBVOICEBOT_TTS_RATE\fR; it stands above the settings file.",
        ".SH EXIT STATUS", "0 done, 1 failed with a reason on standard error, 2 wrong usage, 130 stopped with Ctrl-C.",
        ".SH FILES", ".TP", r"\fI~/.config/voicebot/settings.toml\fR", "The settings.",
        ".TP", r"\fI~/.local/share/voicebot\fR",
        r"Conversations, recordings, models, add-ons. \fBvoicebot data remove\fR deletes them.",
        ".SH SEE ALSO", r".BR espeak-ng (1)",
    ]  # fmt: skip


def _roff(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text and not text.endswith(".") else text


# -- completions ------------------------------------------------------------------------------------------------------


def completion(root: Command, shell: str) -> str:
    """The completions for one of SHELLS."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](root)


def candidates(command: Command) -> list[str]:
    """What may follow the command's words: commands below it, choices of its arguments, its options."""
    choices = [choice for argument in command.arguments for choice in argument.choices]
    return [*(one.words[-1] for one in command.below), *choices, *_long(command)]


def _long(command: Command) -> list[str]:
    return [name for option in command.options for name in option.names if name.startswith("--")]


def _bash(root: Command) -> str:
    cases = [f'        "{" ".join(one.words)}") words="{" ".join(candidates(one))}" ;;' for one in root.all()]
    known = " ".join(f'"{" ".join(one.words)}"' for one in root.all() if one.words)
    values = [f"        {'|'.join(option.names)}) words=\"{' '.join(option.choices)}\" ;;"
              for option in _with_choices(root)]  # fmt: skip
    return "\n".join([
        "# bash completion for voicebot, made from its command line",
        "_voicebot() {",
        '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"',
        '    local path="" words="" word one',
        '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f"        for one in {known}; do",
        '            if [[ "${path:+$path }$word" == "$one" ]]; then path="$one"; break; fi',
        "        done",
        "    done",
        '    case "$path" in',
        *cases,
        "    esac",
        '    case "$previous" in',
        *values,
        "    esac",
        '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
        "}",
        "complete -o default -F _voicebot voicebot",
        "",
    ])  # fmt: skip


def _with_choices(root: Command) -> list[Option]:
    found = {option.names: option for one in root.all() for option in one.options if option.choices}
    return list(found.values())


def _zsh(root: Command) -> str:
    lines = ["#compdef voicebot", "# zsh completion for voicebot, made from its command line", ""]
    for command in root.all():
        lines += [*_zsh_function(command), ""]
    return "\n".join([*lines, '_voicebot "$@"', ""])


def _zsh_function(command: Command) -> Iterator[str]:
    name = "_".join(("_voicebot", *command.words)).replace("-", "_")
    yield f"{name}() {{"
    if command.below:
        yield "    local line state"
    yield "    _arguments -C \\"
    for option in command.options:
        for one in option.names:
            yield f"        {_zsh_quoted(f'{one}[{_bracketed(option.help)}]{_zsh_value(option)}')} \\"
    if command.below:
        yield "        '1: :->command' '*::argument:->argument'"
        yield '    case "$state" in'
        yield "    command) _values command \\"
        yield from (f"        {_zsh_quoted(f'{one.words[-1]}[{_bracketed(one.help)}]')} \\" for one in command.below)
        yield "        ;;"
        yield '    argument) case "$line[1]" in'
        yield from (f"        {one.words[-1]}) {name}_{one.words[-1].replace('-', '_')} ;;" for one in command.below)
        yield "        esac ;;"
        yield "    esac"
    else:
        choices = [choice for argument in command.arguments for choice in argument.choices]
        yield f"        {_zsh_quoted('*: :(' + ' '.join(choices) + ')') if choices else _zsh_quoted('*:file:_files')}"
    yield "}"


def _zsh_value(option: Option) -> str:
    if option.choices:
        return f":{option.value.lower()}:({' '.join(option.choices)})"
    return f":{option.value.lower()}:{'_files' if option.is_file else ' '}" if option.value else ""


def _bracketed(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def _zsh_quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish(root: Command) -> str:
    lines = ["# fish completion for voicebot, made from its command line"]
    tops = " ".join(one.words[0] for one in root.below)
    for command in root.all():
        lines += _fish_lines(command, tops)
    return "\n".join([*lines, ""])


def _fish_lines(command: Command, tops: str) -> Iterator[str]:
    """What may follow the command's words and no further command's."""
    below = " ".join(one.words[-1] for one in command.below)
    seen = [f"__fish_seen_subcommand_from {word}" for word in command.words]
    not_yet = [f"not __fish_seen_subcommand_from {below or tops}"] if command.below else []
    condition = "; and ".join([*seen, *not_yet]) or f"not __fish_seen_subcommand_from {tops}"
    start = f"complete -c voicebot -n {_fish_quoted(condition)}"
    for one in command.below:
        yield f"{start} -f -a {one.words[-1]} -d {_fish_quoted(one.help)}"
    for choice in (choice for argument in command.arguments for choice in argument.choices):
        yield f"{start} -f -a {choice}"
    for option in command.options:
        names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
        value = " -r" if option.value else ""
        chosen = f" -f -a {_fish_quoted(' '.join(option.choices))}" if option.choices else ""
        yield f"{start} {names}{value}{chosen} -d {_fish_quoted(option.help)}"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def command_line(words: Sequence[str] = ()) -> Command:
    """The program's own."""
    from voicebot.cli.main import _parser

    return read(_parser(words))
