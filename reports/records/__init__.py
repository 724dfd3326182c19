"""From data files to checked records, with every mistake at its place."""
