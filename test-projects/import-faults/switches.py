"""What raising.pyx raises in its body."""

from typing import Optional

failure: Optional[BaseException] = None
