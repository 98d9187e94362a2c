"""What the sessions of ``noxfile.py`` need beyond calling a program. Standard library only."""
