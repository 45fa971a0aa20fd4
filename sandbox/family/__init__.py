"""Delegation: whose records, beside their own, a person may open."""
