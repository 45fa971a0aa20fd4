"""Being told: the centre, its counter, and the mail that says nothing of health."""
