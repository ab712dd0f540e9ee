"""Pack files: YAML folders to policy, every fault with its file and line."""
