"""What each side brought."""
