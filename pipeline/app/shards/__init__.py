"""Machine drafts of many documents, made in shards that any machine can work on; only merging them writes PO files."""
