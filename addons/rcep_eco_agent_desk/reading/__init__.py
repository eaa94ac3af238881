"""What a principal's system answers, read with doubt: it is another firm's machine."""
