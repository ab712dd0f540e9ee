"""Diagnosis: which type of problem the record speaks for, and which of three levels nobody examined."""
