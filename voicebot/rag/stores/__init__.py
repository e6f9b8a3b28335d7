"""Vector stores: where the vectors of passages are kept and searched."""
