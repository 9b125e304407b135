"""The demo's two councils and the people who can sign in to each."""

from dataclasses import dataclass

from banksia.kit.settings import DEMO_PASSWORD

PASSWORD = DEMO_PASSWORD


@dataclass(frozen=True)
class DemoCouncil:
    """A council of the demo: where it is found, and the domain of its people's addresses."""

    slug: str
    name: str
    host: str

    @property
    def domain(self) -> str:
        """What follows the @ of its people."""
        return f"{self.slug}.example"


@dataclass(frozen=True)
class SignIn:
    """A person of the demo, the same at both councils."""

    mailbox: str
    who: str
    role: str

    def email(self, council: DemoCouncil) -> str:
        """The address to sign in with."""
        return f"{self.mailbox}@{council.domain}"


COUNCILS = (
    DemoCouncil("bluehills", "Blue Hills Shire Council", "localhost"),
    DemoCouncil("kurrajong", "Kurrajong Flat Council", "kurrajong.localhost"),
)
SIGN_INS = (
    SignIn("customer", "a customer", "customer"),
    SignIn("officer", "a certificate officer", "certificate_officer"),
    SignIn("counter", "a counter clerk", "counter_clerk"),
    SignIn("records", "a records officer", "records_officer"),
    SignIn("environment", "an environmental services officer", "environmental_officer"),
    SignIn("viewer", "somebody who only looks into property files", "files_viewer"),
    SignIn("finance", "a finance officer", "finance_officer"),
    SignIn("admin", "an administrator", "administrator"),
)
