"""What people take back: drafts, issues, turns, names. Each act is written down in the transaction that does it."""
