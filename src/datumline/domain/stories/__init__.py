"""Stories of one's own work: their parts, what is missing, and whether they are stories at all."""
