"""The synopsis: what was said on a version, what was answered, and what became of its text."""
