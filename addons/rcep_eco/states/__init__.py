"""The lives of records as tables: which states there are, which moves lead from one to another, and who makes them."""
