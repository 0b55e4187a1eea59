"""Published snapshots, and the ways to read them: by query, by record, by figure code, by search words."""
