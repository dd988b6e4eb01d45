"""The files in the pretend workspace.

https://docs.slack.dev/messaging/working-with-files and
https://docs.slack.dev/reference/objects/file-object
"""

from sandbox.slack.channels import StoredFile
from sandbox.slack.ids import new_id

FORM_FILE_BYTES = 10 * 1024 * 1024
"""https://docs.slack.dev/reference/block-kit/block-elements/file-input-element."""


class Files:
    """All files of a workspace.

    Slack answers before a shared file is in the channel: `share_seconds` is how long that takes.
    """

    def __init__(self) -> None:
        self.share_seconds = 0.0
        self._files: dict[str, StoredFile] = {}

    def begin(
        self, name: str, length: int, user: str, created: int, alt_text: str = ""
    ) -> StoredFile:
        """Add a file whose content is still to be uploaded."""
        file = StoredFile(new_id("F"), name, name, user, created, length, alt_text)
        self._files[file.id] = file
        return file

    def put(self, name: str, content: bytes, user: str, created: int) -> StoredFile:
        """Add a file that a person has dropped into Slack."""
        file = self.begin(name, len(content), user, created)
        file.content, file.is_complete = content, True
        return file

    def uploading(self, ticket: str) -> StoredFile | None:
        """Return the incomplete file with this upload URL."""
        waiting = (each for each in self._files.values() if not each.is_complete)
        return next((each for each in waiting if each.ticket == ticket), None)

    def find(self, file_id: str) -> StoredFile | None:
        """Return a file, also an incomplete one."""
        return self._files.get(file_id)
