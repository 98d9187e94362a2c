"""Calculators: a formula of ``figures/formulas`` as a form in the page and as a table everywhere else."""
