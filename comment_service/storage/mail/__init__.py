"""Addresses of those who want to be told, and the letters to them; apart from contributions."""
