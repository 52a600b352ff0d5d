"""What happened, in order. The modules note when their code runs."""

from typing import List

events: List[str] = []
