"""Old data to new: what was typed before records knew their days, written as it is written now."""
