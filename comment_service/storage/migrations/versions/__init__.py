"""One file for each step; steps that were released are never changed."""
