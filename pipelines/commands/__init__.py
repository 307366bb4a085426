"""The commands of `cdi`, a file for those that belong together. Each imports what is heavy when it runs."""
