"""Findings as table, JSON, Markdown and CSV."""
