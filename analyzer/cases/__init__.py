"""One incident followed to its end."""
