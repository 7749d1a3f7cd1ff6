"""Which candidate wins for each field: titles, dates and others."""
