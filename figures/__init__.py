"""Where every number and every drawing of the collection comes from."""
