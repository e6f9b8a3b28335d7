"""What the core says, in the person's language: it speaks English inside, and is translated where a screen begins."""

from voicebot.wording.translation import LANGUAGES, Wording

__all__ = ["LANGUAGES", "Wording"]
