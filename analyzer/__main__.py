"""`python -m analyzer` is `stmt-scan`."""

from analyzer.cli import main

if __name__ == "__main__":
    main()
