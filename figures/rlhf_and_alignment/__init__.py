"""Numbers, tables, figures and calculators of the article on RLHF and alignment."""
