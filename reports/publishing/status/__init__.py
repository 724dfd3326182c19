"""Who owes what, and what became so when."""
