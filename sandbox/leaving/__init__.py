"""Getting out and coming back: opposition to the creation, closing, reopening, erasure."""
