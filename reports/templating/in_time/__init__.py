"""What templates say of time: what changed since the edition before, by how much, and how things stand."""
