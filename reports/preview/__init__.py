"""The garden door: reports in a browser, following every save."""
