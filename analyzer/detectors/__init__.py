"""Streams and transactions → findings. One rule a file, all registered through the same entry points as plug-ins."""
