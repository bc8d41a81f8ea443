"""From a request to the store: the service that takes contributions."""
