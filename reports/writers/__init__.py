"""Document → bytes, one room a format."""
