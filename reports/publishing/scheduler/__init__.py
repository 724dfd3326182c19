"""What is due, done in rounds, by a person, a timer or the resident job."""
