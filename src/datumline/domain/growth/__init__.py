"""The growth document: one for the whole tenure, written by two, without surprises on review day."""
