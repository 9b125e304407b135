"""What other parts use: the modules that a council connected, and what they bring."""

from banksia.foundation.connections.service.credentials import authenticate_all
from banksia.foundation.connections.service.granting import permissions_of_connections
from banksia.foundation.connections.service.knowing import Known, known_at
from banksia.foundation.connections.service.minting import mint_token
from banksia.foundation.connections.service.requiring import titles_needing
from banksia.foundation.connections.service.showing import ShownModule, shown_modules
from banksia.foundation.connections.service.widgets import RemoteWidget, load_widgets

__all__ = [
    "Known",
    "RemoteWidget",
    "ShownModule",
    "authenticate_all",
    "known_at",
    "load_widgets",
    "mint_token",
    "permissions_of_connections",
    "shown_modules",
    "titles_needing",
]
