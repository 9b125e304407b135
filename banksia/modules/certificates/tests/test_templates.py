"""Templates as an administrator edits them: kept, tried, published in numbers, compared, brought back."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors.templates import (
    TemplateInvalid,
    TemplateNotFound,
    TemplateRefused,
    TemplateStale,
    TemplateUnchanged,
)
from banksia.modules.certificates.schemas.templates import TemplateContent, TemplateRead, TemplateSave
from banksia.modules.certificates.service.templates import (
    check_template,
    compare_templates,
    discard_template,
    list_template_fields,
    list_templates,
    preview_template,
    publish_template,
    read_template,
    read_template_version,
    restore_template,
    save_template,
)
from banksia.modules.certificates.tests.factories import PARCEL, make_land
from banksia.modules.certificates.tests.test_certificate_pdf import words

CODE = "603"
WHY = "Council's new wording."


def transactions(session: Session, actor: Actor) -> Transactions:
    session.flush()
    return Transactions(platform_of(session), actor)


def save(session: Session, actor: Actor, source: str, **changes: Any) -> TemplateRead:
    template = read_template(session, actor, code=CODE)
    content = template.content.model_copy(update={"source": source, **changes})
    return save_template(session, actor, code=CODE, saved=TemplateSave(version=template.version, content=content))


def publish(session: Session, actor: Actor, source: str, **changes: Any) -> TemplateRead:
    saved = save(session, actor, source, **changes)
    published = publish_template(transactions(session, actor), code=CODE, version=saved.version, reason=WHY)
    session.expire_all()
    return published


class TestSaveTemplate:
    def test_begins_with_what_comes_with_the_platform(self, session: Session, administrator: Actor) -> None:
        template = read_template(session, administrator, code=CODE)
        assert (template.version, template.in_force.number, template.in_force.is_in_force) == (0, 0, True)
        assert "#sections()" in template.content.source

    def test_keeps_a_broken_text_and_says_so(self, session: Session, administrator: Actor) -> None:
        saved = save(session, administrator, "Good.\n#nothing")
        assert (saved.version, saved.content.source, saved.in_force.number) == (1, "Good.\n#nothing", 0)
        checked = check_template(transactions(session, administrator), code=CODE, content=saved.content)
        assert [(each.line, each.column) for each in checked.mistakes] == [(2, 2)]

    def test_a_stale_one_says_who_was_faster(
        self, session: Session, administrator: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        template = read_template(session, administrator, code=CODE)
        other = actor_with("administrator")
        save(session, other, "Theirs.")
        with pytest.raises(TemplateStale, match=other.name):
            save_template(session, administrator, code=CODE, saved=TemplateSave(version=0, content=template.content))
        with pytest.raises(TemplateStale):
            discard_template(session, administrator, code=CODE, version=0)
        assert discard_template(session, other, code=CODE, version=1).content == template.content

    def test_refuses_questions_that_contradict_each_other(self, session: Session, administrator: Actor) -> None:
        content = read_template(session, administrator, code=CODE).content.model_dump()
        question = content["sections"][0]["questions"][0]
        content["sections"][0]["questions"] = [question | {"yes": "", "standard": "yes"}, question]
        with pytest.raises(TemplateInvalid) as refused:
            save_template(
                session,
                administrator,
                code=CODE,
                saved=TemplateSave(version=0, content=TemplateContent.model_validate(content)),
            )
        field = "content.sections.0.questions"
        assert {each["field"] for each in refused.value.extra["errors"]} == {
            f"{field}.0.key", f"{field}.1.key", f"{field}.0.yes", f"{field}.0.standard",
        }  # fmt: skip

    def test_what_is_no_sale_has_no_template(self, session: Session, administrator: Actor) -> None:
        with pytest.raises(TemplateNotFound):
            read_template(session, administrator, code="building-information")


class TestCheckTemplate:
    def test_tells_what_is_asked_and_not_printed(self, session: Session, administrator: Actor) -> None:
        content = read_template(session, administrator, code=CODE).content
        printed = content.model_copy(update={"source": '#section("1") #answer("rating_category")'})
        checked = check_template(transactions(session, administrator), code=CODE, content=printed)
        assert [each.message for each in checked.mistakes] == [
            "Postponed rates is asked and not printed.",
            "Cost of work by council is asked and not printed.",
        ]
        assert checked.mistakes[0].hint
        assert '#answer("postponed_rates")' in checked.mistakes[0].hint
        each = content.model_copy(update={"source": "#for (key, _) in data.answers { answer(key) }"})
        assert check_template(transactions(session, administrator), code=CODE, content=each).mistakes == []
        commented = content.model_copy(update={"source": "Certified. // #sections()\n/* #sections() */"})
        assert len(check_template(transactions(session, administrator), code=CODE, content=commented).mistakes) == 4

    def test_tries_land_of_which_little_is_known(self, session: Session, administrator: Actor) -> None:
        content = read_template(session, administrator, code=CODE).content
        hasty = content.model_copy(update={"source": '#data.order.reference.replace("/", "-")'})
        (mistake,) = check_template(transactions(session, administrator), code=CODE, content=hasty).mistakes
        assert mistake.line == 1
        assert mistake.hint
        assert "recorded little" in mistake.hint
        careful = content.model_copy(
            update={
                "source": '#if data.order.reference != none { data.order.reference.replace("/", "-") }\n#sections()'
            }
        )
        assert check_template(transactions(session, administrator), code=CODE, content=careful).mistakes == []

    def test_every_field_of_the_catalogue_prints(self, session: Session, administrator: Actor) -> None:
        catalogue = list_template_fields(session, administrator, code=CODE)
        expressions = [field.expression for group in catalogue.groups for field in group.fields]
        assert '#attribute("zone")' in expressions
        assert len(expressions) > 40
        content = read_template(session, administrator, code=CODE).content
        every = content.model_copy(update={"source": "\n\n".join(expressions)})
        assert check_template(transactions(session, administrator), code=CODE, content=every).mistakes == []


class TestPublishTemplate:
    def test_numbers_what_it_keeps_with_who_and_why(self, session: Session, administrator: Actor) -> None:
        first = publish(session, administrator, "First.\n#sections()")
        assert (first.in_force.number, first.version, first.draft_saved_at) == (1, 0, None)
        assert (first.in_force.published_by_name, first.in_force.reason) == (administrator.name, WHY)
        second = publish(session, administrator, "Second.\n#sections()")
        assert [(each.number, each.is_in_force) for each in second.versions] == [(2, True), (1, False), (0, False)]
        assert read_template_version(session, administrator, code=CODE, number=1).content == first.content
        (listed,) = [each for each in list_templates(session, administrator).templates if each.code == CODE]
        assert listed.in_force.number == 2
        with pytest.raises(Exception, match="permission denied"), session.begin_nested():
            session.execute(text("UPDATE certificates.template_versions SET reason = 'other'"))

    @pytest.mark.parametrize(
        "source", ["Good.\n#nothing", '#data.order.reference.replace("/", "-")', '#read("/etc/passwd")']
    )
    def test_refuses_what_does_not_print(self, session: Session, administrator: Actor, source: str) -> None:
        with pytest.raises(TemplateRefused) as refused:
            publish(session, administrator, source)
        assert refused.value.extra["mistakes"][0]["line"] == source.count("\n") + 1
        assert read_template(session, administrator, code=CODE).in_force.number == 0

    @pytest.mark.parametrize(("source", "said"), [("", "The text is empty"), (" \n// Nothing.\n", "The text is empty"),
        ("Council certifies.", "is asked and not printed")])  # fmt: skip
    def test_refuses_what_asks_and_does_not_print(
        self, session: Session, administrator: Actor, source: str, said: str
    ) -> None:
        with pytest.raises(TemplateRefused, match=said):
            publish(session, administrator, source)
        assert read_template(session, administrator, code=CODE).in_force.number == 0

    def test_refuses_what_is_in_force(self, session: Session, administrator: Actor) -> None:
        own = read_template(session, administrator, code=CODE).content.source
        with pytest.raises(TemplateUnchanged):
            publish(session, administrator, own)
        with pytest.raises(TemplateStale):
            publish_template(transactions(session, administrator), code=CODE, version=9, reason=WHY)

    def test_an_older_text_comes_back_as_a_new_version(self, session: Session, administrator: Actor) -> None:
        publish(session, administrator, "First.\n#sections()")
        publish(session, administrator, "Second.\n#sections()")
        save(session, administrator, "In the making.")
        back = restore_template(transactions(session, administrator), code=CODE, number=1, reason="Second was wrong.")
        assert (back.in_force.number, back.in_force.restored_from) == (3, 1)
        assert (back.version, back.content.source) == (1, "In the making.")
        own = restore_template(transactions(session, administrator), code=CODE, number=0, reason="As it came.")
        assert (own.in_force.number, own.in_force.restored_from) == (4, 0)
        with pytest.raises(TemplateNotFound):
            restore_template(transactions(session, administrator), code=CODE, number=9, reason="No such.")


class TestCompareTemplates:
    def test_shows_what_changed_and_nothing_at_length(self, session: Session, administrator: Actor) -> None:
        publish(session, administrator, "One.\nTwo.\n#sections()")
        save(session, administrator, "One.\nThree.\n#sections()", notes=["A new note."])
        compared = compare_templates(session, administrator, code=CODE, older=1, newer=None)
        assert (compared.older, compared.newer) == ("Version 1", "Draft")
        changed = [(line.change, line.text, line.old_line) for line in compared.lines if line.change != "same"]
        assert changed[:2] == [("removed", "Two.", 4), ("added", "Three.", None)]
        assert ("added", "Note: A new note.", None) in changed
        assert len(compared.lines) < 25
        with pytest.raises(TemplateNotFound):
            compare_templates(session, administrator, code=CODE, older=0, newer=7)


class TestPreviewTemplate:
    def test_is_drawn_for_a_property_and_marked(self, session: Session, administrator: Actor) -> None:
        property_id = make_land(session)
        save(session, administrator, "Of #data.parcel.title.\n#sections()")
        pdf = preview_template(transactions(session, administrator), code=CODE, property_id=property_id, parcel=PARCEL)
        said = words(pdf)
        assert "Of Lot 2 Section 2 DP 2288." in said
        assert "To be answered by the officer" in said
        assert "PREVIEW" in said.replace(" ", "")
        invented = words(
            preview_template(transactions(session, administrator), code=CODE, property_id=None, parcel=None)
        )
        assert "Of Lot 1 Section 2 DP 999999." in invented


def test_the_whole_way_over_http(session: Session, signed_in_as: Callable[..., TestClient]) -> None:
    session.commit()
    path = f"/api/certificates/templates/{CODE}"
    assert signed_in_as("certificate_officer").get(path).status_code == 403
    administrator = signed_in_as("administrator")
    content = administrator.get(path).json()["content"]
    broken = {"version": 0, "content": content | {"source": "Good.\n#nothing"}}
    assert administrator.put(path, json=broken).json()["version"] == 1
    refused = administrator.post(f"{path}/publish", json={"version": 1, "reason": WHY})
    assert (refused.status_code, refused.json()["mistakes"][0]["line"]) == (422, 2)
    assert refused.json()["detail"] == "Line 2: Unknown variable: nothing."
    assert administrator.get(f"{path}/preview.pdf").status_code == 422
    whole = {"version": 1, "content": content | {"source": "Good.\r\n#sections()"}}
    assert administrator.put(path, json=whole).json()["content"]["source"] == "Good.\n#sections()"
    shown = administrator.get(f"{path}/preview.pdf")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "application/pdf")
    published = administrator.post(f"{path}/publish", json={"version": 2, "reason": WHY})
    assert (published.status_code, published.json()["in_force"]["number"]) == (200, 1)
    assert administrator.get(f"{path}/compare?older=0&newer=1").json()["removed"] > 0
