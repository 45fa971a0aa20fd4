"""Portal: the trainer's console."""
