"""Papers: what is handed over the counter.

A mechanism that knows no noun: an action gives a paper its number and freezes what it says (a
`Sheet`), `render` turns the sheet into the same bytes today and in ten years, `seal` signs it and
`examine` tells whether a PDF is ours and unchanged. What each paper says is declared by its noun
(``app/cases/papers.py``); how it looks and is worded stands in ``resources/papers``.
"""
