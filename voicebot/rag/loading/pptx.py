"""PowerPoint: .pptx, with python-pptx. A slide is a page, its title the heading; the notes follow its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voicebot.rag.loading.archives import check_office
from voicebot.rag.loading.dates import of
from voicebot.rag.loading.failing import damage, left_out, library
from voicebot.rag.loading.limits import PAGES
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    check_office(path)
    with library(path):
        import pptx
    notes: list[str] = []
    with damage(path):
        presentation = pptx.Presentation(str(path))
        outline = Outline()
        titles = []
        for number, slide in enumerate(presentation.slides, 1):
            alive()
            if outline.full or number > PAGES:
                notes.append(left_out(f"only its first {number - 1} pages are read"))
                break
            titles.append(_take(slide, number, outline))
        about = presentation.core_properties
        own = about.title or next(filter(None, titles), None)
        return Loaded(title_of(path, own), outline.sections(), of(about.created), tuple(notes) or outline.notes())


def _take(slide: Any, number: int, outline: Outline) -> str:
    """Put a slide into the outline; returns its title."""
    title = slide.shapes.title
    text = " ".join(title.text_frame.text.split()) if title is not None and title.has_text_frame else ""
    outline.page(number)
    outline.heading(1, text)
    for shape in _shapes(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if getattr(shape, "has_table", False):
            outline.rows([cell.text for cell in row.cells] for row in shape.table.rows)
        elif shape.has_text_frame:
            outline.paragraph(shape.text_frame.text.replace("\v", "\n"))
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        outline.paragraph(frame.text)
    return text


def _shapes(shapes: Any) -> Iterator[Any]:
    """Those in groups too, from above to below and left to right, as they are read."""
    waiting = sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0), reverse=True)
    while waiting:
        shape = waiting.pop()
        if hasattr(shape, "shapes"):
            waiting.extend(reversed(list(shape.shapes)))
        else:
            yield shape
