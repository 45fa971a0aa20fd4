"""The archive of all my data, which opens without this software."""
