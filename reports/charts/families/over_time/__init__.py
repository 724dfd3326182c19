"""Families of charts on a scale of time with quarters: figures over time, and plans with what became of them."""
