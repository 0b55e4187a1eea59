"""Rows and the last snapshot -> a new snapshot, checked, protected, all or nothing; and what may go."""
