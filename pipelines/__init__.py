"""Extract files in, one published snapshot out, and the `cdi` command that people type."""
