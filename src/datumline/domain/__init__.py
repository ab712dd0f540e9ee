"""The heart: values in, verdicts and documents out. No clock, no input or output, no framework."""
