"""How alike two sentences are, in per cent."""

from pipeline.text.orthography import folded_words

LONGEST = 3000
"""Characters of a text that is compared with others, several sentences; the work grows with the square of it."""


def by_letters(text: str, other: str, least: float = 0) -> float:
    """Return 0 to 100 by letters alone; 0 when they are less than `least` alike, or too long and not the same."""
    from rapidfuzz import fuzz

    if max(len(text), len(other)) > LONGEST:
        return 100 if text == other else 0
    return fuzz.ratio(text, other, score_cutoff=least)


def similarity(text: str, other: str, least: float = 0) -> float:
    """Return 0 to 100 for two folded texts; 0 when they are less than `least` alike.

    The mean of what they share by letters and by words, in order. Letters alone pair any two
    short names; words alone lose a sentence to a typing error in each of its words. Of texts longer
    than LONGEST only those are alike that are the same.
    """
    from rapidfuzz.distance import Indel

    letters = by_letters(text, other, max(0, 2 * least - 100))
    if max(len(text), len(other)) > LONGEST or (not letters and least):
        return letters
    words = 100 * Indel.normalized_similarity(folded_words(text), folded_words(other))
    score = (letters + words) / 2
    return score if score >= least else 0
