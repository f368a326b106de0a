"""Transactions to Streams: the calendar comb, the amount models, the search."""
