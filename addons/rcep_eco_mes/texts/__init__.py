"""What a report's problems are called, in the reader's language."""
