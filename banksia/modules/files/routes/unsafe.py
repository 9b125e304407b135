"""What a person asks for although it is known of the bytes: addresses say it, permissions decide."""

from typing import Annotated

from fastapi import Depends, Query

from banksia.modules.files import service


def _unsafe(
    *,
    infected: Annotated[bool, Query(description="Although a virus was found, for who may open such files")] = False,
    damaged: Annotated[bool, Query(description="Although the bytes are not those that came, the same")] = False,
) -> service.Unsafe:
    return service.Unsafe(infected, damaged)


UnsafeDep = Annotated[service.Unsafe, Depends(_unsafe)]
