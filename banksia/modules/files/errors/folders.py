"""What can go wrong with folders."""

import uuid

from banksia.kit.errors import Conflict, Invalid, NotFound


class FolderNotFound(NotFound):
    """No such folder at this council, or not in this file."""

    title = "Folder not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such folder at this council. Choose one from the property's file.")


class FolderArchived(Conflict):
    """Nothing is put into an archived folder."""

    title = "This folder is archived"

    def __init__(self, name: str) -> None:
        """Name the folder."""
        super().__init__(f"{name} is archived. Open it again, or choose another folder.")


class FolderFixed(Conflict):
    """It is a folder of every file."""

    title = "This folder is in every file"

    def __init__(self, name: str) -> None:
        """Say who may change it."""
        super().__init__(f"{name} is in the file of every property. An administrator changes it in the settings.")


class FolderOfApplication(Conflict):
    """It is a development application's folder, or one of the parts that each has."""

    title = "This folder has its name from the application"

    def __init__(self, name: str) -> None:
        """Say why, and what to do instead."""
        super().__init__(
            f"{name} has its name from the development application and keeps it. "
            "For a wrong number, make the right application and move the documents."
        )


class FolderIsNeeded(Conflict):
    """Certificates go into it."""

    title = "This folder is needed"

    def __init__(self, name: str) -> None:
        """Say why."""
        super().__init__(f"Certificates are filed into {name} when they are issued, so it cannot be archived.")


class FolderNameTaken(Conflict):
    """There is a folder of that name beside it."""

    title = "There is a folder of this name"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"There is a folder called {name} here. Choose another name.")


class FolderTooDeep(Invalid):
    """More levels than a file has."""

    def __init__(self, deepest: int) -> None:
        """Say how many there may be."""
        message = f"Folders go {deepest} levels deep. Put this one further up."
        super().__init__(message, errors=[{"field": "parent_id", "message": message}])


class ApplicationThere(Conflict):
    """The file has this application."""

    title = "This application is here"

    def __init__(self, number: str, folder_id: uuid.UUID) -> None:
        """Name the folder that it has."""
        super().__init__(f"DA {number} is in this file already.", folder_id=str(folder_id))
