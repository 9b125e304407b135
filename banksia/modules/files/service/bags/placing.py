"""Where the folders of a bag lie in the file that it comes into: found by their names, and made where they are missing.

A bag says which of its folders are restricted and by which class each is kept; what is made for it is kept so here too.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.errors import BagInvalid
from banksia.modules.files.models import Folder, RetentionClass
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.service.bags.describing import BagFolder, BagIndex
from banksia.modules.files.service.folders.applications import create_application
from banksia.modules.files.service.folders.finding import check_open
from banksia.modules.files.service.folders.keeping import choose_class
from banksia.modules.files.service.folders.property_folders import create_folder
from banksia.modules.files.service.loading.checking import application_number

LONGEST_NAME = 120


class Places:
    """The folders of one bag, in the file of one property."""

    def __init__(self, index: BagIndex, property_id: UUID) -> None:
        """Know what the bag says of its folders."""
        self._said = {_key(folder.path): folder for folder in index.folders}
        self.property_id = property_id

    def check(self, session: Session, actor: Actor, paths: Iterable[Sequence[str]]) -> None:
        """See that all of these folders are here or can be made, before anything is written.

        Raises BagInvalid where restricted documents would lie open or the actor may not open them, FolderArchived.
        """
        folders = self._folders(session, actor)
        for names in {tuple(path) for path in paths}:
            self._check(session, actor, names, *_there(folders, names))

    def find_or_make(self, session: Session, actor: Actor, names: Sequence[str]) -> Folder:
        """The folder by these names, with those above it; raises what `check` does."""
        while True:
            found, count = _there(self._folders(session, actor), names)
            self._check(session, actor, names, found, count)
            if found is not None and count == len(names):
                return found
            made = self._make(session, actor, names[: count + 1], found)
            self._keep_as_said(session, actor, made, _key(names[: count + 1]))

    def _folders(self, session: Session, actor: Actor) -> list[Folder]:
        return list(session.scalars(queries.folders_of_properties(actor.organisation_id, (self.property_id,))))

    def _is_restricted(self, names: Sequence[str]) -> bool:
        key = _key(names)
        above = (self._said.get(key[: depth + 1]) for depth in range(len(key)))
        return any(each is not None and each.restricted for each in above)

    def _check(self, session: Session, actor: Actor, names: Sequence[str], found: Folder | None, count: int) -> None:
        restricted = self._is_restricted(names)
        # What an administrator opens with a folder of every file is what lies in it, so none there is made restricted.
        lies_open = count == len(names) or self._is_restricted(names[:count]) or (found and found.kind == "fixed")
        if restricted and found is not None and not found.is_restricted and lies_open:
            message = (
                f"{' / '.join(names)} is restricted in the bag and would lie open here. Have an administrator "
                "restrict the folder, or add it to all files as a restricted one. Nothing was brought in."
            )
            raise BagInvalid(message)
        if (restricted or (found is not None and found.is_restricted)) and not actor.may(RESTRICTED_READ):
            message = "The bag has documents for restricted folders. Ask somebody to import it who may open those."
            raise BagInvalid(message)
        if found is not None:
            check_open(session, found)

    def _make(self, session: Session, actor: Actor, names: Sequence[str], above: Folder | None) -> Folder:
        """The last of these folders, in the one above: what this council has not becomes the file's own."""
        number = application_number(names[0]) if above is None else None
        if number is None:
            # One at the top is made for who may import, and needs no further permission.
            maker = actor if above is not None else Actor.system(actor.organisation_id)
            parent_id, name = above.id if above else None, names[-1][:LONGEST_NAME]
            return create_folder(session, maker, property_id=self.property_id, parent_id=parent_id, name=name)
        said = self._said.get(_key(names))
        about = {} if said is None else {"kept_as": said.kept_as}
        return create_application(session, actor, property_id=self.property_id, number=number, **about)

    def _keep_as_said(self, session: Session, actor: Actor, made: Folder, key: tuple[str, ...]) -> None:
        """Restrict and keep a folder that was made, and the parts of an application, as the bag says."""
        self._apply(session, actor, made, self._said.get(key))
        parts = queries.folders_of(actor.organisation_id).where(Folder.parent_id == made.id)
        for part in session.scalars(parts):
            part.is_restricted = made.is_restricted
            self._apply(session, actor, part, self._said.get((*key, part.name.lower())))
        session.flush()

    def _apply(self, session: Session, actor: Actor, folder: Folder, said: BagFolder | None) -> None:
        if said is None:
            return
        folder.is_restricted = folder.is_restricted or said.restricted
        classes = queries.classes_of(actor.organisation_id).where(RetentionClass.code == said.kept_as)
        kept_by = session.scalars(classes).one_or_none()
        if kept_by is not None:
            choose_class(session, actor, folder_id=folder.id, class_id=kept_by.id)


def _key(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[:LONGEST_NAME].lower() for name in names)


def _there(folders: Sequence[Folder], names: Sequence[str]) -> tuple[Folder | None, int]:
    """The deepest of the folders by these names that a file has, and how many of them it has."""
    found: Folder | None = None
    for count, name in enumerate(names):
        number = application_number(name) if found is None else None
        following = next((each for each in folders if _is_named(each, found, name, number)), None)
        if following is None:
            return found, count
        found = following
    return found, len(names)


def _is_named(folder: Folder, above: Folder | None, name: str, number: str | None) -> bool:
    if folder.parent_id != (above.id if above else None):
        return False
    if number is not None:
        return folder.application_number == number
    return folder.archived_at is None and folder.name.lower() == name[:LONGEST_NAME].lower()
