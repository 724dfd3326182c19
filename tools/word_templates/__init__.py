"""The factory of the Word templates in templates/word."""
