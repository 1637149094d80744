"""What a tired reviewer misses: the checks, what a person accepted, the report."""
