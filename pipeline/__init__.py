"""Translate an organisation's statements offline and typeset them beside the original."""

__version__ = "0.1.0"
