"""How work on records is done: isolated, claimed by one person, tried again after a pause, in a language that is there."""
