"""Appointments, reminders, and the availability that professionals publish."""
