"""What workflows and composite actions share: steps, `uses:`, scripts, conditions, checks."""
