"""Published snapshots and all ways to read them: by query, by list of records, by figure code, by search words."""
