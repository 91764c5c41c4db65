"""How are dates typed in each language? As Django says, except where a town in France differs."""
