"""Sheets that members fill in: their columns, cells and files."""
