"""Reading at ease: size of the text, contrast and spacing, chosen for one browser."""
