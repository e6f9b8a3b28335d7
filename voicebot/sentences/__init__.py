"""A reply, cut into pieces that can be spoken: pure functions of the text."""

from voicebot.sentences.splitter import SentenceSplitter, split

__all__ = ["SentenceSplitter", "split"]
