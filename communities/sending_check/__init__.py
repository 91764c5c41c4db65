"""Will mail programs believe our letters? What the names and addresses of the sender say, and what to ask for."""
