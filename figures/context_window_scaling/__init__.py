"""Context window scaling: numbers, tables, figures and calculators of the article."""
