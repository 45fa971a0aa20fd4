"""Vaccinations, as those who give them record them."""
