"""Settings of an installation: what is unsafe does not start."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from banksia.kit.kill_points import KILL_POINTS, arm, reach
from banksia.kit.settings import DEMO_PASSWORD, Settings


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BANKSIA_SECRET_KEY", "BANKSIA_ENVIRONMENT", "BANKSIA_STRIPE_WEBHOOK_SECRETS", "BANKSIA_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)


class TestSettings:
    @pytest.mark.parametrize(
        "secret", ["", DEMO_PASSWORD, "abc", "x" * 31, "change-me-to-32-or-more-random-characters"]
    )
    def test_production_needs_a_secret_of_its_own(self, secret: str) -> None:
        with pytest.raises(ValidationError, match="BANKSIA_SECRET_KEY"):
            Settings(environment="production", secret_key=SecretStr(secret))

    def test_production_takes_a_secret_of_32_characters(self) -> None:
        Settings(environment="production", secret_key=SecretStr("x" * 32))

    def test_an_empty_variable_means_the_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in Settings.model_fields:
            monkeypatch.setenv(f"BANKSIA_{name.upper()}", "")
        monkeypatch.setenv("BANKSIA_ENVIRONMENT", "test")
        assert Settings().model_dump() == Settings.model_construct(environment="test").model_dump()

    def test_takes_secrets_as_a_list_with_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BANKSIA_STRIPE_WEBHOOK_SECRETS", "whsec_new, whsec_old,")
        settings = Settings(environment="test")
        assert [secret.get_secret_value() for secret in settings.stripe_webhook_secrets] == ["whsec_new", "whsec_old"]

    def test_takes_networks_and_refuses_what_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BANKSIA_MODULE_NETWORKS", "10.20.0.0/24, fd00:20::/64")
        assert [str(each) for each in Settings(environment="test").module_networks] == ["10.20.0.0/24", "fd00:20::/64"]
        monkeypatch.setenv("BANKSIA_MODULE_NETWORKS", "10.20.0.7/24")
        with pytest.raises(ValidationError, match="module_networks"):
            Settings(environment="test")

    def test_shows_no_secret(self) -> None:
        assert "s3cret" not in repr(Settings(environment="test", secret_key=SecretStr("s3cret")))

    def test_objects_are_kept_in_the_data_folder_unless_told_otherwise(self, tmp_path: Path) -> None:
        assert Settings(environment="test", data_dir=tmp_path).object_store == f"file://{tmp_path}/objects"

    def test_mail_is_caught_in_a_demo_only(self) -> None:
        assert Settings(environment="demo").catches_mail
        assert not Settings(environment="demo", smtp_url="smtp://localhost").catches_mail
        assert not Settings(environment="production", secret_key=SecretStr("x" * 40)).catches_mail


class TestKillPoints:
    def test_cost_nothing_when_nobody_armed_one(self) -> None:
        arm("")
        for name in KILL_POINTS:
            reach(name)

    def test_an_unknown_one_cannot_be_armed(self) -> None:
        with pytest.raises(ValueError, match=r"no\.such\.point"):
            arm("no.such.point")

    def test_have_names_of_their_own(self) -> None:
        assert len(set(KILL_POINTS)) == len(KILL_POINTS)
