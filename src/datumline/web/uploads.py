"""What is too large to be uploaded is read to its end and kept nowhere, so that the sender gets an answer."""

from __future__ import annotations

from typing import IO, Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from datumline.services.imports.asked import MOST_BYTES

OTHER_FIELDS = 64 << 10  # bytes of a form beside its file
TOO_LARGE = "datumline.too-large"


class Bounded(FileUploadHandler):
    """Stops an upload whose length is too much for any file that is taken here, before any of it is kept."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803 - the framework's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the length that the sender says; a sender who says another one is cut off there."""
        del input_data, boundary, encoding
        META[TOO_LARGE] = content_length > MOST_BYTES + OTHER_FIELDS

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on, or stop at the first of them."""
        del start
        if self.request is not None and self.request.META.get(TOO_LARGE):
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is for the handlers after this one."""
        del file_size


def too_large(request: HttpRequest) -> bool:
    """Whether a file was left out because it was too large."""
    return bool(request.META.get(TOO_LARGE))
