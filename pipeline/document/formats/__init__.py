"""Input formats: each file here offers SUFFIXES and read(content, id, language, corrections) -> Document."""
