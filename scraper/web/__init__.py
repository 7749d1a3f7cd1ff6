"""An archive as web pages: Datasette with pages of our own before its tables. Loads nothing from anywhere else."""
