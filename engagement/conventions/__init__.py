"""Who does what, signed by both sides."""
