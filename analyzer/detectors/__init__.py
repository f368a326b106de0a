"""Streams and transactions to Findings: one rule a file."""
