"""The policy engine: packs are documents, assessing one is a pure function that gives reasons.

`facts` is what policy may ask, `pack` what a document may say, `loader` reads one, `catalog`
knows which is in force, `assess` decides with reasons, `compiled` decides for a whole archive,
`explain` puts a decision into words, `situation` reads one household from a file.
"""
