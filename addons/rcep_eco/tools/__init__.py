"""How work on records is done: isolated from other records, claimed by one person, tried again after a pause."""
