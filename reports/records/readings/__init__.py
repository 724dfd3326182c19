"""The records as they were on a day: `reading.at` is what a report tells, everything later is left out."""
