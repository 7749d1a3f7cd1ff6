"""When a group of servers may be asked again. Pure: time is an argument."""
