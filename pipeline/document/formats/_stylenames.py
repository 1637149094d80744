"""Names of styles that Word and LibreOffice keep in files of any language, and what they make of a text."""

import re

from pipeline.model import Kind

LONGEST_NAME = 100
"""Characters of the name of a style that are looked at, for all that is in it."""

KINDS = {
    "title": Kind.TITLE, "subtitle": Kind.SUBTITLE, "date": Kind.DATE, "signature": Kind.SIGNATURE,
    "caption": Kind.CAPTION, "table caption": Kind.CAPTION, "image caption": Kind.CAPTION, "figure": Kind.CAPTION,
    "illustration": Kind.CAPTION, "table": Kind.CAPTION, "drawing": Kind.CAPTION, "text": Kind.CAPTION,
    "quote": Kind.QUOTATION, "intense quote": Kind.QUOTATION, "block text": Kind.QUOTATION, "quotation": Kind.QUOTATION,
    "quotations": Kind.QUOTATION, "block quotation": Kind.QUOTATION, "blockquote": Kind.QUOTATION,
    "نقل قول": Kind.QUOTATION, "نقل‌قول": Kind.QUOTATION,
    "slogan": Kind.SLOGAN, "contact": Kind.CONTACT,
    "verse": Kind.VERSE, "poem": Kind.VERSE, "poetry": Kind.VERSE, "شعر": Kind.VERSE,
}  # fmt: skip
"""Paragraphs of these styles, by the names both Word and LibreOffice keep in files of any language."""

CODE = {
    "verbatim char", "html code", "html typewriter", "html keyboard", "html sample", "code", "inline code",
    "source text", "teletype", "user entry",
}  # fmt: skip
"""Styles of characters for code."""

_INDEX = "(?:illustration |table |object |user )?(?:toc|index|contents)"
FURNITURE = re.compile(f"{_INDEX} (?:[0-9]{{1,2}}|separator)|table of figures")
"""Styles whose paragraphs an office program writes itself. What stands in the text in the style of a header shows."""

ABOVE_FURNITURE = re.compile(f"{_INDEX} heading|toa heading")
"""Styles of headings above these. Where none of these follows, it is one that its author wanted in no contents."""
