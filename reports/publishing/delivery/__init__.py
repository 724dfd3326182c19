"""Who gets what: letters, mail, the shared folder, the alarm."""
