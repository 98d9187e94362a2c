"""Results, figures and data of articles/distributed_training.md."""
