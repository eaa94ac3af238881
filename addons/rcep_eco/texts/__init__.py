"""What people read: explanations of verdicts, messages that are stored by their code, labels of documents."""
