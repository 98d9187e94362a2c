"""Results, tables, calculators and figures of the article on models with open weights."""
