"""The theme's own script, which a page fetches at the first move."""

from playwright.sync_api import Page

# Waiting is done by a promise: a condition that is asked again and again would be evaluated as a
# string inside the page, which the policy forbids from the second time on.
CAME = """new Promise((came) => {
  const look = () => (typeof document$ === "undefined" ? requestAnimationFrame(look) : came());
  look();
})"""


def wait_for_theme(page: Page) -> None:
    """Wait until the theme's script has come and run."""
    page.evaluate(CAME)
