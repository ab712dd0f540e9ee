"""Background work: one list of tasks, run by a thread beside the pages or by workers on any machine."""
