"""What people read, and in which language: explanations of verdicts, messages kept by their code, labels."""
