"""Consents, blocks, masking, the profession matrix."""
