"""Findings become a report: supersession, ignores, severities, order, counts."""
