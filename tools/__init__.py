"""What ./eco runs: set-up, demo, tests and lint, with nothing but the standard library until an environment exists."""
