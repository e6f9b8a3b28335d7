"""Text as it is written, turned into text as it is said: a pure function, and the account of what it did."""

from voicebot.speakable.parts import Part, Reason, Rephrased, Skipped, Spoken
from voicebot.speakable.reading import explain, speakable

__all__ = ["Part", "Reason", "Rephrased", "Skipped", "Spoken", "explain", "speakable"]
