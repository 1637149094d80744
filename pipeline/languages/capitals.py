"""Which letters have capitals: those that change at the beginning of a name.

Georgian letters count as small ones in Unicode, and have large ones for whole words; a sentence begins with none.
"""


def is_small(letter: str) -> bool:
    """Whether a letter is a small one, as «º» is, too, but none that has a large form for whole words alone."""
    return letter.islower() and (letter.title() != letter or letter.upper() == letter)


def has_case(letter: str) -> bool:
    """Whether a letter is a small one or a capital."""
    return is_small(letter) or letter.isupper()


def have_capitals(text: str) -> bool:
    """Whether most letters of a text are of a script with capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(has_case, letters)) * 2 > len(letters)
