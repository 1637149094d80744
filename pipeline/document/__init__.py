"""Bytes → Document: formats, structure, and what the editor states."""
