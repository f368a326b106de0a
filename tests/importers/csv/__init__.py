"""Tests of the CSV importer."""
