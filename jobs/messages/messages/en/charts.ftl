# The words of the drawings.
