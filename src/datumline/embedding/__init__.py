"""The sentence-embedding model behind the domain's `Embedder` port, in numpy alone."""
