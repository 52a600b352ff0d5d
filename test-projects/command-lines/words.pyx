# cython: language_level=3
def count(str text):
    """The number of words in `text`."""
    return len(text.split())
