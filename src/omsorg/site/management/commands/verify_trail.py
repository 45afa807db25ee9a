"""Walk the trail from its beginning and name the first link that does not hold."""

from typing import Any

from django.core.management.base import BaseCommand

from omsorg.kernel.trail import verify_trail
from omsorg.kernel.wall import as_house


class Command(BaseCommand):
    help = "Verify the trail book by book; exit code 1 where a trace was changed, taken out, put in or moved."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_house():
            books = verify_trail()
        for book in books:
            state = f"BROKEN at trace {book.broken_at}: {book.why}" if book.why else "holds"
            self.stdout.write(f"{book.name:<24}{book.traces:>10} traces  {state}")
        broken = sum(bool(book.why) for book in books)
        self.stdout.write(f"{len(books)} books, {sum(book.traces for book in books)} traces, {broken} broken")
        if broken:
            raise SystemExit(1)
