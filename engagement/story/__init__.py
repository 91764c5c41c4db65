"""What a project leaves to be told."""
