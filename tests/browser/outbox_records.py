"""What stands in the outbox of a browser, as a thief of the device would read it."""

from playwright.sync_api import Page

READ = """async () => {
  const all = await inStore("readonly", (store) => store.getAll());
  const text = (bytes) => new TextDecoder("latin1").decode(bytes);
  return all.map(({ data, iv, ...rest }) => JSON.stringify(rest) + text(data) + text(iv));
}"""
AGE = """async (days) => {
  const all = await inStore("readonly", (store) => store.getAll());
  for (const one of all) one.at -= days * 24 * 60 * 60 * 1000;
  await inStore("readwrite", (store) => all.forEach((one) => store.put(one)));
}"""


def records(page: Page) -> list[str]:
    """Every record with all its bytes as text."""
    found: list[str] = page.evaluate(READ)
    return found


def grow_older(page: Page, days: float) -> None:
    """Let the records have been written so many days earlier."""
    page.evaluate(AGE, days)


def wait_for_records(page: Page, number: int) -> None:
    """Until exactly so many records are on the device."""
    for _ in range(100):
        if len(records(page)) == number:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(records(page))} records instead of {number}")
