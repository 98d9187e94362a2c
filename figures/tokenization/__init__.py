"""The article on tokenization: its numbers, figures, tables and calculators."""
