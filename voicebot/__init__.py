"""Voicebot: a voice assistant for the desktop. Importing this package loads nothing heavy."""

__version__ = "0.1.0"
