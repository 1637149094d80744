"""The beginning of a text, for a message that only has to say which text is meant; and messages that quote too much."""


def excerpt(text: str, most: int = 60) -> str:
    """Return a text on one line, cut behind a word after at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


LONGEST = 2000


def bounded(message: str) -> str:
    """Return a message, without the middle of a long one, which quotes more of a text than anybody reads."""
    if len(message) <= LONGEST:
        return message
    half = LONGEST // 2
    return f"{message[:half]} […] {message[-half:]}"
