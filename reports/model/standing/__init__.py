"""How things stand on a day: what is late, what has happened, what is on track. Worked out, never typed."""
