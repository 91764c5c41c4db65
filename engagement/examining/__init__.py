"""What the town hall does with the ideas it received, and with the projects they become."""
