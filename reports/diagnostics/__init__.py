"""What is wrong, where, and what to type instead."""
