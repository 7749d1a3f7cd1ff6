"""The archive's database: schema, the pure plan of what changes, one writer, read-only readers."""
