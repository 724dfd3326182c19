"""Records and a template make a manuscript: Markdown with tokens in place of values."""
