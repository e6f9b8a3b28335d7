"""How much of a document is read. What goes past a limit is refused, or left out with a note that says so."""

from __future__ import annotations

MIB = 1 << 20

FILE_BYTES = 256 * MIB
"""Of a file. A scanned book has some 100 MB, and a text of this size would be 200,000 passages by itself."""

UNPACKED_BYTES = 1024 * MIB
"""Of all that a zip holds, unpacked: a sheet of a million rows has some 400 MB of XML."""

ENTRIES = 20_000
"""Files in a zip: a book with a picture on every page has some thousands."""

MOST_PACKED = 200
"""How many times smaller than its content a large entry of a zip may be. XML of sheets is packed 10 to 100 times;
DEFLATE ends at 1,032 (https://www.zlib.net/zlib_tech.html), which is where bombs are."""

RATIO_FROM = 16 * MIB
"""Unpacked bytes below which an entry is harmless however well it is packed."""

PAGES = 10_000
"""Of a PDF, or slides: the longest manuals of processors have 6,000."""

CHARACTERS = 20_000_000
"""Of text: some 10,000 pages, 22,000 passages. A log that goes on for ever ends here."""

PARAGRAPH = 200_000
"""Characters of one paragraph, cell or code block; what goes past it is cut into several."""

HEADINGS = 6
"""Levels of headings, as HTML has them."""

HEADING = 200
"""Characters of a heading: a longer one is a paragraph in a heading's clothes."""

SECONDS = 300.0
"""For one file, on a busy machine: 10,000 pages of PDF take 20 seconds on an idle one."""

PATIENCE = 60.0
"""Seconds without a sign of life: one page, or opening one file, takes less."""

MEMORY = 2048 * MIB
"""Address space of the process that reads: python-docx takes some ten times the size of its XML."""
