"""Portal: simulated outside services."""
