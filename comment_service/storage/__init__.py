"""Where contributions are kept."""
