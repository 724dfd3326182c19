"""What is said to people and is no problem: in letters, on pages, about corrections, in dialogues."""
