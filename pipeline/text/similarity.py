"""How alike two sentences are, in per cent."""

from pipeline.text.orthography import folded_words


def similarity(text: str, other: str, least: float = 0) -> float:
    """Return 0 to 100 for two folded texts; 0 when they are less than `least` alike.

    The mean of what they share by letters and by words, in order. Letters alone pair any two
    short names; words alone lose a sentence to a typing error in each of its words.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    letters = fuzz.ratio(text, other, score_cutoff=max(0, 2 * least - 100))
    if not letters and least:
        return 0
    words = 100 * Indel.normalized_similarity(folded_words(text), folded_words(other))
    score = (letters + words) / 2
    return score if score >= least else 0
