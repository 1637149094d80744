"""Releases → bundles → partners, each once."""
