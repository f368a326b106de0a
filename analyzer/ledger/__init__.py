"""The SQLite store of statements, decisions and cases: the only SQL of the house."""
