"""Policy as data: packs, parameters, decision tables, and what would change a verdict."""
