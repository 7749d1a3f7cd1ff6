"""One page a module: from what is asked for to a template and its values."""
