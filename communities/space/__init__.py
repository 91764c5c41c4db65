"""My space: where a resident without account or password sees all that is theirs."""
