"""Policies: the model, the catalogue, the expression compiler, the judge."""
