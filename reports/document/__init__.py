"""The tree of a report: its nodes, numbers, profiles, and letters."""
