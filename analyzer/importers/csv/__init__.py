"""Statements in delimited text: banks by their profiles, all others by scored detection."""

from __future__ import annotations

from analyzer.importers.csv.importer import CsvImporter
from analyzer.importers.csv.profile import Profile

__all__ = ["CsvImporter", "Profile"]
