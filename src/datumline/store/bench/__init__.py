"""What the benchmarks need of a database: other trails, a bare table, plain sums. Nobody else asks for it."""
