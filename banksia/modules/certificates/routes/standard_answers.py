"""Answers that hold for all land of the council."""

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.standard_answers import (
    StandardAnswerInvalid,
    StandardAnswerNotFound,
    StandardAnswerStale,
)
from banksia.modules.certificates.schemas.standard_answers import (
    StandardAnswerList,
    StandardAnswerRead,
    StandardAnswerUpdate,
)
from banksia.modules.certificates.service import standard_answers as service
from banksia.modules.certificates.settings import QuestionKey

standard_answers = Router(prefix="/standard-answers")


@standard_answers.get("", permission=permissions.TEMPLATES_MANAGE)
def list_standard_answers(session: SessionDep, actor: ActorDep) -> StandardAnswerList:
    """Every question that certificates ask, with the council's answer for all of its land."""
    return service.list_standard_answers(session, actor)


@standard_answers.put(
    "/{question_key}",
    permission=permissions.TEMPLATES_MANAGE,
    raises=[StandardAnswerNotFound, StandardAnswerStale, StandardAnswerInvalid],
)
def change_standard_answer(
    session: SessionDep, actor: ActorDep, question_key: QuestionKey, changes: StandardAnswerUpdate
) -> StandardAnswerRead:
    """Answer a question for all land from now on, or take the answer away."""
    return service.change_standard_answer(session, actor, key=question_key, changes=changes)
