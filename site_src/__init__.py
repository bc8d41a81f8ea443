"""From Markdown and git to the static site and its catalogue."""
