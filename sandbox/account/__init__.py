"""People who sign in, and the record each learner owns."""
