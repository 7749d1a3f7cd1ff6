"""Archives as a whole: check, backup, read again, make anew, merge, forget."""
