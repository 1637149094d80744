"""One file a command: its options, one call of a use case in pipeline/app, one table.

A command module offers `PANEL`, where the help lists it, and `add_to(app)`.
"""
