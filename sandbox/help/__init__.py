"""Help: questions and answers, and tickets to the simulated support."""
