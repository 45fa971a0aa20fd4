"""Prevention: the compulsory exams of children, as those who make them record them."""
