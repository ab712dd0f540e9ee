"""Benchmarks: the product against a yardstick in the same run, so that a ratio holds on any machine."""
