"""Word files looked at as Word would look at them, part by part."""
