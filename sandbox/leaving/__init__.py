"""Getting out: opposition to the creation, closing, reopening."""
