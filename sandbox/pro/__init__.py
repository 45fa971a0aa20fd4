"""Portal: the professional's software."""
