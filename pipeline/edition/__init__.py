"""One document in its languages, aligned, designed and rendered."""
