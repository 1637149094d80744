"""What git leaves in a file in which two people changed the same lines, for a person to choose between."""

from collections.abc import Iterable

_OURS, _BETWEEN, _THEIRS = "<<<<<<< ", "=======", ">>>>>>> "


def conflict(lines: Iterable[str]) -> int:
    """Return the number of the line with which a conflict begins; 0 when there is none.

    What somebody forgot to remove of one is one too; a line of signs, or of an e-mail quoted often, is not.
    """
    between = 0
    for number, line in enumerate(lines, 1):
        if line.startswith(_OURS):
            return number
        if line.rstrip() == _BETWEEN:
            between = between or number
        elif between and line.startswith(_THEIRS):
            return between
    return 0
