"""What is published against what each was told: what differs, who is owed it, and when it leaves."""
