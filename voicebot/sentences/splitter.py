"""A streamed reply, cut into pieces that can be spoken while the model still writes.

The pieces joined are the text, to the last space, and depend on the text alone, never on how it was cut into deltas:
the splitter goes character by character and decides about a place only when it has seen what follows it.

The first piece may end at any clause mark, so that speech begins early; later ones end where a sentence, a list item, a
heading or a paragraph ends. A code block, a table and a passage of reasoning are each a piece of their own, however
short or long, and what stands before one never waits for it. The measures are those of RealtimeTTS and LiveKit.
"""

from __future__ import annotations

from voicebot.sentences.blocks import Block, Fence, opened_block
from voicebot.sentences.ends import (
    Verdict,
    clause_ends,
    joined_clause_ends,
    joined_sentence_ends,
    line_ends,
    sentence_ends,
)
from voicebot.sentences.inline import Inline
from voicebot.sentences.words import STARTERS

FIRST_PIECE = 10
"""The fewest characters of the first piece."""
FIRST_PIECE_WORDS = 30
"""The first piece is cut here when it has no clause mark."""
LATER_PIECE = 21
"""The fewest characters of a later piece; a shorter sentence is said with the next one."""
LONGEST_PIECE = 400
"""A text without an end is cut at the last space before this many characters."""
LONGEST_WORD = 2_000
"""And one without a space after this many."""
LONGEST_BLOCK = 200_000
"""Code, a table, reasoning or white space is cut here: more than a model writes in one reply."""

LOOK_BACK = 64
LINE_HEAD = 80
LONGEST_STARTER = 14


def split(text: str) -> list[str]:
    """The pieces of a whole text; joined they are the text."""
    splitter = SentenceSplitter()
    return splitter.feed(text) + splitter.finish()


class SentenceSplitter:
    """Takes a reply as it is written and gives it back in pieces, each as soon as it is known to be complete.

    The work per character is bounded, and so is what is held: LONGEST_WORD characters, in a block LONGEST_BLOCK.
    """

    def __init__(self) -> None:
        self._ready: list[str] = []
        self._reset()

    def feed(self, delta: str) -> list[str]:
        """The pieces that are complete now that `delta` has come."""
        for character in delta:
            self._take(character)
        ready, self._ready = self._ready, []
        return ready

    def finish(self) -> list[str]:
        """The rest, now that nothing more comes; the splitter is then as new."""
        self._emit()
        ready, self._ready = self._ready, []
        self._reset()
        return ready

    def _reset(self) -> None:
        self._first = True
        self._line = ""  # the head of the line being read, from its first character that is no space
        self._inline = Inline()
        self._block: Block | None = None
        self._start_piece("")
        self._breaks = 0

    def _start_piece(self, text: str) -> None:
        self._held: list[str] = []  # of a block, what no rule looks back at
        self._held_size = 0
        self._text = text  # the piece so far, up to its last character that is no space
        self._gap: list[str] = []  # the white space after it
        self._last_space = 0
        self._doubt = 0

    # -- one character -----------------------------------------------------------------------------------------------

    def _take(self, character: str) -> None:
        self._inline.before(character)
        if self._doubt:
            self._resolve(character)
        if character.isspace():
            self._take_space(character)
        else:
            self._take_ink(character)

    def _take_space(self, character: str) -> None:
        if character == "\n":
            if not self._breaks:
                self._end_line()
            self._breaks += 1
        self._gap.append(character)
        if len(self._gap) >= LONGEST_BLOCK:
            self._emit()

    def _end_line(self) -> None:
        if self._block is not None:
            self._block.end_line(self._line)
        elif fence := self._inline.end_line(self._tail()):
            self._block = Fence(fence)

    def _take_ink(self, character: str) -> None:
        if self._block is not None and self._block.ended(character, self._breaks):
            self._emit()
            self._block = None
        if self._block is None and self._text:
            self._decide(character)
        self._append(character)
        if self._block is not None:
            self._block.take(character, self._tail())
            self._hold()
            return
        if self._inline.take(character, self._tail(), self._line):
            self._open_block()
        if len(self._text) >= LONGEST_PIECE:
            self._force()

    def _append(self, character: str) -> None:
        space = "".join(self._gap)
        self._line = character if self._breaks else (self._line + space + character)[:LINE_HEAD]
        if space and self._text and not self._inline.inside:
            self._last_space = len(self._text) + len(space)
        self._text += space + character
        self._gap, self._breaks = [], 0

    def _tail(self) -> str:
        return self._text[-LOOK_BACK:]

    # -- where a piece ends ------------------------------------------------------------------------------------------

    def _decide(self, character: str) -> None:
        """End the piece before `character`, or not."""
        if self._inline.inside:
            return
        verdict = self._verdict(character)
        if verdict is not Verdict.NO and not self._long_enough():
            verdict = Verdict.NO
        if verdict is Verdict.YES or self._too_many_words():
            self._emit()
        elif verdict is Verdict.IF_STARTER:
            self._doubt = len(self._text) + len(self._gap)

    def _verdict(self, character: str) -> Verdict:
        tail = self._tail()
        if not self._gap:
            ends = joined_sentence_ends(tail, character) or (self._first and joined_clause_ends(tail, character))
            return Verdict.YES if ends else Verdict.NO
        if self._breaks and line_ends(tail, character, self._line, self._breaks):
            return Verdict.YES
        if self._first and clause_ends(tail, character):
            return Verdict.YES
        return sentence_ends(tail, character, self._line)

    def _long_enough(self) -> bool:
        return len(self._text.strip()) >= (FIRST_PIECE if self._first else LATER_PIECE)

    def _too_many_words(self) -> bool:
        return self._first and bool(self._gap) and len(self._text.split()) >= FIRST_PIECE_WORDS

    def _resolve(self, character: str) -> None:
        """A full stop after "U.S." and its like ends a sentence if the next word is one that begins sentences."""
        word = self._text[self._doubt :]
        if character.isalpha() and len(word) < LONGEST_STARTER:
            return
        if (character.isspace() or character in "'’,") and word in STARTERS:
            self._cut(self._doubt)
        self._doubt = 0

    def _force(self) -> None:
        if self._last_space >= LATER_PIECE:
            self._cut(self._last_space)
        elif len(self._text) >= LONGEST_WORD:
            self._cut(len(self._text))

    def _cut(self, place: int) -> None:
        """The piece ends at `place`, which is not in the white space now being read."""
        self._ready.append("".join(self._held) + self._text[:place])
        self._first = self._first and self._in_silence()
        self._start_piece(self._text[place:])

    def _emit(self) -> None:
        """The piece ends here, with the white space that follows it."""
        piece = "".join(self._held) + self._text + "".join(self._gap)
        if piece:
            self._ready.append(piece)
        self._first = self._first and (self._in_silence() or not piece.strip())
        self._start_piece("")

    def _in_silence(self) -> bool:
        return self._block is not None and self._block.silent

    # -- blocks ------------------------------------------------------------------------------------------------------

    def _open_block(self) -> None:
        """A block may have begun; what stands before it is a piece."""
        opened = opened_block(self._tail(), self._line)
        if opened is None:
            return
        block, length = opened
        start = max(0, len(self._text) - length)
        if self._text[:start].strip():
            self._cut(start)
        self._block, self._inline = block, Inline()

    def _hold(self) -> None:
        """Put away what no rule looks back at, so that appending stays cheap."""
        if len(self._text) < LONGEST_PIECE:
            return
        self._held.append(self._text[:-LOOK_BACK])
        self._held_size += len(self._held[-1])
        self._text = self._tail()
        if self._held_size >= LONGEST_BLOCK:
            self._cut(0)
