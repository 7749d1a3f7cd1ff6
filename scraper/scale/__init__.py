"""Work that outgrows one process: a pure function over tasks, here, in processes, or on many machines."""
