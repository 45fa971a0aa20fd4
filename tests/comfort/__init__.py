"""Reading at ease: words, size, contrast, voice."""
