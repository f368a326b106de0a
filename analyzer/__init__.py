"""Reads the card statements people can download and finds the recurring charge nobody agreed to."""
