"""How long the texts of others may be: nothing that people write is refused, and nothing is at work for minutes.

Whatever is done with a text takes time in proportion to its length (`tests/promises/test_growth.py`), so these figures
bound the time it takes. The longest paragraph of the statements has 2,700 characters, the longest sentence 560.
"""

MOST_LINES = 200_000
"""Of a document: some three thousand pages."""

MOST_IN_A_PARAGRAPH = 50_000
"""Characters of a line or a paragraph of a document: twenty pages without a new line."""

MOST_COLUMNS = 60
"""Of a table: on a page with two languages, each is narrower than a letter."""

MOST_IN_A_TEXT = 100_000
"""Characters of a sentence, its translation or a comment: a translation may be twice as long as its paragraph."""

MOST_IN_A_LINE = 1_000_000
"""Characters of a line of a PO file, where a text and the marks in it may stand on one."""

MOST_IN_A_TERM = 1_000
"""Characters of a cell of the termbase, and of a word in a file of a language."""

MOST_ENTRIES, MOST_LINES_OF_ENTRIES = 500_000, 5_000_000
"""Of a PO file: it keeps the sentences that have left its document, so these are more than a document has."""
