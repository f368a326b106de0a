"""A saved mail to a verdict, and the charges it announces."""
