"""The catalogue of services: fictional, read from the common fixtures."""
