"""The medical profile: what a person tells of their own health."""
