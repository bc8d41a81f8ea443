#!/usr/bin/env python3
"""The operators' one command: make a store ready, copy, compact, verify, back up, restore it."""

import os
import sys

from comment_service.commands import guarded

if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:], os.environ))
