"""The shell that wires the stages; it owns the clock, the writer lock and the boundary around one page."""
