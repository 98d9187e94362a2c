"""Results, figures and data of articles/power_and_thermal_management.md."""
