"""The one way to a snapshot, for the pages and for the `cdi` command; `sql` gives its names."""
