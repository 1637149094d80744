"""The use cases: values in, values and events out.

Nothing here prints, asks or knows a command line; a command and a web page call the same functions.
"""
