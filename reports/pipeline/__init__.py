"""The stages in their order: read, build, check."""
