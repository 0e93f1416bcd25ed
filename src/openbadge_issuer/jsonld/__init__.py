"""What a badge's words mean: contexts, and the canonical bytes that are signed."""
