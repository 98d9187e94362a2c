"""The bibliography, one file per kind of source, and the code that keeps it right."""
