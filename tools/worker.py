"""The job worker of ``./dev run``: procrastinate's own, without the line its command prints."""

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


def main() -> None:
    """Run jobs, one at a time, until a signal ends the process."""
    django.setup()
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("The worker needs the connector that Django's database gives.")
    with app.replace_connector(connector.get_worker_connector()) as with_listening:
        with_listening.run_worker(concurrency=1)


if __name__ == "__main__":
    main()
