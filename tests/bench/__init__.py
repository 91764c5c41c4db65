"""How fast is it? Measured, never asserted: `make bench`."""
