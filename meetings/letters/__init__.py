"""What the letters about a meeting say, and whether they may still be said."""
