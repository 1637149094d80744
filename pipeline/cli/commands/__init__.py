"""One file a command: its options, one call of a use case in pipeline/app, one table.

A command module offers `PANEL`, where the help lists it, and `add_to(app)`. It imports its use
case where it calls it, so that help and completion do not wait for what they do not need.
"""
