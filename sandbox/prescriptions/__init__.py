"""Numeric prescriptions, from signature to delivery."""
