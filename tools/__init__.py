"""What no command of the product reaches: factories, pictures, proofs."""
