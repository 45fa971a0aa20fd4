"""Secure messaging: only a professional opens a conversation."""
