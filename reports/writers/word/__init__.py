"""The tree as a Word file, and the proof that the file holds what the tree says."""
