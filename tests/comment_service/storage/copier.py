"""A process that copies one store to another and tells each part, until it is killed."""

import sys

from comment_service.storage.copying import copy
from comment_service.storage.opening import open_store


def tell(count: int) -> None:
    """Tell how many came by."""
    sys.stdout.write(f"{count}\n")
    sys.stdout.flush()


copy(open_store(sys.argv[1]), open_store(sys.argv[2]), tell)
