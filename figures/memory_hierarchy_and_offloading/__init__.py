"""Results, figures and data of articles/memory_hierarchy_and_offloading.md."""
