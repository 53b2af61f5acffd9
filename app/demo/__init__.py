"""The demonstration center: synthetic people, the acts that fill a store with them."""
