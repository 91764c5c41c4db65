"""How does a work day come about? It is written down, proposed or published, repeated, and its members are invited."""
