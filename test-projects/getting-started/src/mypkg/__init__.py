"""The package of the manual's first tutorial."""
