"""Recordings of any length and format into text with times, and that text as a file."""

from voicebot.transcription.formats import FORMATS, Format, as_json, formatted
from voicebot.transcription.job import Job, Progress, Transcription
from voicebot.transcription.writing import to_file, to_folder

__all__ = ["FORMATS", "Format", "Job", "Progress", "Transcription", "as_json", "formatted", "to_file", "to_folder"]
