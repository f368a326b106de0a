"""The command line: one click command a file."""


def main() -> None:
    """Run `stmt-scan`."""
