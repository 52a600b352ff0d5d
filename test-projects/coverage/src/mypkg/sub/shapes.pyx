def area(width, height):
    if width < 0:
        raise ValueError(width)
    return width * height


def count(n):
    for i in range(n):
        yield i
