"""Word files that came back, and where their marks lead."""
