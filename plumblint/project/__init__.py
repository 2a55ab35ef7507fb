"""What needs more than one unit: linking, and the analyses."""
