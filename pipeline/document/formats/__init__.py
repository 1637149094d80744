"""Input formats: each file here offers SUFFIXES and read(content, id, lang, corrections) -> Document."""
