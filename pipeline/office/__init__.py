"""What is known of the files of office programs: what is read from a document or a table of theirs, without trust."""
