"""The database as a whole: is it sound, mended, copied in part, read again."""
