"""From a manuscript in Markdown to the tree."""
