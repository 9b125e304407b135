"""The payment page of the demo: our own fake Stripe as a process, driven by the same variables as the real one."""

from pathlib import Path

from starlette.applications import Starlette

from banksia.foundation.payments.adapters.fake_stripe.app import DEMO_KEY, create_fake_stripe
from banksia.kit.settings import Settings

HEALTH_PATH = "/__faults"
WEBHOOK_PATH = "/api/payments/webhooks/stripe"


def settings_for(port: int) -> dict[str, str]:
    """The variables that point the official SDK at the fake on this port."""
    return {"BANKSIA_STRIPE_SECRET_KEY": DEMO_KEY, "BANKSIA_STRIPE_API_BASE": f"http://127.0.0.1:{port}"}


def create_app() -> Starlette:
    """Make the application from the process's settings; its state lies in the data folder."""
    settings = Settings()
    port = settings.stripe_api_base.rpartition(":")[2]
    state: Path = settings.data_dir / "payment-page"
    state.mkdir(parents=True, exist_ok=True)
    return create_fake_stripe(
        state / "state.sqlite",
        webhook_url=settings.public_url + WEBHOOK_PATH,
        webhook_secrets=[secret.get_secret_value() for secret in settings.stripe_webhook_secrets],
        page_url=f"http://localhost:{port}",
    )
