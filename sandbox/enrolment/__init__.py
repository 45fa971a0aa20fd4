"""Activating a space: the wizard of the portal, in its order, and the first choices after it."""
