"""The dashboard: pages that read published snapshots through the door of `sql` and nothing else."""
