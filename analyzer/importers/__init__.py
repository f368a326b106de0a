"""File → Statement."""
