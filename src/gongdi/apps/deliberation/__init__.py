"""The deliberation platform (议事): topics with questions and answers, residents' meetings, issues on site."""
