"""Published snapshots and what is asked of them: by query, by record, by code, by word."""
