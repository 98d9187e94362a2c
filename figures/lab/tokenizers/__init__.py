"""Small tokenizers: how text is cut, and byte-pair encoding, WordPiece and Unigram trained and applied.

Each part does one thing the plain way and, where it matters, once more the fast way, so that a test can compare them.
"""
