"""What other parts use: the modules that a council connected, and what they bring."""

from banksia.foundation.connections.service.credentials import authenticate_all
from banksia.foundation.connections.service.granting import permissions_of_connections
from banksia.foundation.connections.service.requiring import titles_needing

__all__ = ["authenticate_all", "permissions_of_connections", "titles_needing"]
