"""One question, one file. None imports another; each can be read alone, and is found by walking this package."""
