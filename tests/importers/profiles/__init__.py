"""A golden file for every bank profile."""
