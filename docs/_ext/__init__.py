"""The site's own Sphinx extensions: one file (or package), one role."""
