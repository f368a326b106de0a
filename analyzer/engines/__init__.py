"""The same scan over many accounts."""
