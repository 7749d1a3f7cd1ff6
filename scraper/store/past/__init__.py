"""What captures of other days show: history, absences, how it stood then."""
