"""`make run`: the whole of Banksia on one machine, with the embedded parts and the demo's two councils."""

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from banksia.demo import embedded, fake_stripe
from banksia.demo.sign_ins import COUNCILS, PASSWORD, SIGN_INS
from banksia.demo.supervisor import Part, PartError, Stopped, Supervisor
from banksia.kit.embedded_postgres import EmbeddedPostgresError, postgres
from banksia.kit.ports import free_port
from banksia.kit.tether import follow_parent


class CannotRunError(RuntimeError):
    """The demo cannot run here and now; the text says what to do."""


def run(*, port: int, data_dir: Path, reset: bool, stop_with_parent: bool) -> int:
    """Run until Ctrl-C, SIGTERM or a hang-up, and return the exit status. Port 0 takes any free one."""
    stop = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, lambda *_: stop.set())
    if stop_with_parent:
        follow_parent()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        data_dir = data_dir.resolve()
        with _only_one(data_dir):
            _run(_free_port(port), data_dir, reset=reset, stop=stop)
    except Stopped:
        pass
    except (CannotRunError, EmbeddedPostgresError, PartError) as problem:
        _say(f"\n{problem}", error=True)
        return 1
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _say(f"\nThe disk that holds {data_dir} is full. Free at least 1 GB and start again.", error=True)
        return 1
    _say("Banksia has stopped.")
    return 0


def _run(port: int, data_dir: Path, *, reset: bool, stop: threading.Event) -> None:
    began = time.monotonic()
    if reset:
        _empty(data_dir)
    with contextlib.ExitStack() as stack:
        environment = embedded.environment_for(data_dir, public_url=f"http://localhost:{port}", given=os.environ)
        if "BANKSIA_DATABASE_URL" not in environment:
            _say("  Starting PostgreSQL")
            environment |= embedded.settings_of(stack.enter_context(postgres(data_dir / "postgres")))
        stripe_port = None
        if "BANKSIA_STRIPE_SECRET_KEY" not in environment:
            stripe_port = _port_of_payment_page(port)
            environment |= fake_stripe.settings_for(stripe_port)
        supervisor = Supervisor(environment, data_dir / "logs", _say, stop)
        stack.callback(supervisor.stop)
        _say("  Preparing the database and the demo's councils")
        supervisor.run_once("Preparing the database", _banksia("demo", "prepare"))
        _say("  Starting the API, the worker and the clock")
        for part in _served(port, stripe_port):
            supervisor.start(part)
        supervisor.wait_until_ready()
        for part in _behind():  # not before: they need no looking at, and would take the processor from what is awaited
            supervisor.start(part)
        stack.enter_context(embedded.told(data_dir, environment))
        _say(_welcome(port, data_dir, time.monotonic() - began))
        supervisor.watch()
        _say("\nStopping")


def _served(port: int, stripe_port: int | None) -> Iterator[Part]:
    if stripe_port is not None:
        answers = f"http://127.0.0.1:{stripe_port}{fake_stripe.HEALTH_PATH}"
        yield Part("payment-page", _banksia("demo", "fake-stripe", "--port", str(stripe_port)), answers)
    yield Part("api", _banksia("serve", "--port", str(port)), f"http://127.0.0.1:{port}/readyz")


def _behind() -> tuple[Part, ...]:
    return Part("worker", _banksia("worker", "--concurrency", "2")), Part("beat", _banksia("beat"))


def _banksia(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "banksia", *arguments)


@contextlib.contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    """Refuse a second supervisor of the same data. Raises CannotRunError."""
    with (data_dir / embedded.LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            message = (
                f"Banksia already runs on {data_dir} (process {lock.read().strip()}). "
                "Use it as it is, or stop it with Ctrl-C in its terminal and start again."
            )
            raise CannotRunError(message) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _free_port(port: int) -> int:
    """The port when nobody listens on it, or any free one for 0. Raises CannotRunError."""
    if not port:
        return free_port()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            message = (
                f"Port {port} cannot be used ({os.strerror(problem.errno or 0).lower()}). Stop the program "
                f"that uses it, or choose another port: make run BANKSIA_PORT={port + 1}"
            )
            raise CannotRunError(message) from problem
    return port


def _port_of_payment_page(port: int) -> int:
    """The port after ours, so that a payment page left open survives a restart; else any free one."""
    try:
        return _free_port(port + 1)
    except (CannotRunError, OverflowError):
        return _free_port(0)


def _empty(data_dir: Path) -> None:
    for path in data_dir.iterdir():
        if path.name != embedded.LOCK:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _welcome(port: int, data_dir: Path, seconds: float) -> str:
    lines = [f"\nBanksia is ready ({seconds:.0f} s)."]
    for council in COUNCILS:
        address = f"http://{council.host}:{port}"
        lines += ["", council.name, f"  Portal        {address}/", f"  Back office   {address}/staff"]
        lines += [f"  {person.email(council):<32} {person.who}" for person in SIGN_INS]
    lines += [
        "",
        f"Everybody's password is {PASSWORD}. Mail is caught at http://localhost:{port}/dev/mail; no money moves.",
        f"Ctrl-C stops everything. The data stays in {data_dir}; `make run RESET=1` starts afresh.",
    ]
    return "\n".join(lines)


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)
