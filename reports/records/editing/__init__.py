"""Records that come in, by hand or in sheets, and help for those who type them."""
