"""Simulators and other code with state or a seed. May import ``figures.formulas``."""
