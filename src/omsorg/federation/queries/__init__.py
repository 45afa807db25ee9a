"""Named reads for the federation's pages; nothing here writes."""
