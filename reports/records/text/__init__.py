"""Data files as text: read with places, mended, explained, written back."""
