"""Stands for a Python without its standard library."""

raise ImportError("no argparse here")
