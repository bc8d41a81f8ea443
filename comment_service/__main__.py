"""``python -m comment_service``: the operators' commands."""

import os
import sys

from comment_service.commands import guarded

sys.exit(guarded(sys.argv[1:], os.environ))
