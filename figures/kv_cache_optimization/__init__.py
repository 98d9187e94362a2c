"""Results, tables, calculators and figures of the article on the KV cache."""
