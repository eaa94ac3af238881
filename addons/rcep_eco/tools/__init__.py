"""How work on records is done: isolated, claimed by one person, tried again later, in a language that is there."""
