"""What the fields are for and what may be typed into them, told to people and editors' programs."""
