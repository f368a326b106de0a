"""Descriptor to merchant: pure, linear-time."""
