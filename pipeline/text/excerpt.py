"""The beginning of a text, for a message that only has to say which text is meant."""


def excerpt(text: str, most: int = 60) -> str:
    """Return a text on one line, cut behind a word after at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
