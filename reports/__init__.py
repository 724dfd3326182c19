"""Progress reports out of curated records: YAML in, Word and Markdown out."""

__version__ = "0.1.0"
