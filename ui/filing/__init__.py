"""Filing steps on the screen: their words, their forms, and the panel that takes them."""
