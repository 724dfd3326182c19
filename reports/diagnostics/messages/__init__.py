"""Every sentence about what is wrong, by topic, in both languages."""
