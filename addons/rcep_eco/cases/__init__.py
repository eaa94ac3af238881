"""What is known of a good, put together as a case for the engine: products, productions, prices, lots, choices."""
