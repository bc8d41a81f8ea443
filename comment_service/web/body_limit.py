"""How long a body may be."""

BODY_LIMIT = 64 * 1024  # bytes; 4,000 characters are 48 KiB in their longest spelling
