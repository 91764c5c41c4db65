"""What was done together, told and thanked for; and one's own hours. Nobody is ranked, nobody is named unasked."""
