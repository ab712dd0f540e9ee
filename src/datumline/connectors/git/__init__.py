"""Evidence from a git clone: `client` mines raw commits, `translate` makes drafts of them."""
