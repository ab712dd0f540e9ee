"""Evidence from design documents: `client` and `citations` read a clone, `translate` makes drafts."""
