"""What the insurer may ask about a work day."""
