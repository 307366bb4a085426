"""Extract files in, typed Parquet out: finding, opening, splitting and cleaning what a source delivers."""
