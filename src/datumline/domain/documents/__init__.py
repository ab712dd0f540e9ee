"""Documents: titles, sections and claims with their citations, and the renderers that turn them to text."""
