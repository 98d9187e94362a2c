"""Typed pure formulas: no input or output, no plotting, no global state. See ``figures.formula``."""
