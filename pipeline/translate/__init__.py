"""Machines: what is drafted, with which models, and what is never touched."""
