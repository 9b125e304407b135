"""`banksia check PATH-or-URL`: whether a module keeps the contract, told the same way for every kind of module."""

from banksia.testing.conformance.council import StandInCouncil
from banksia.testing.conformance.ground import Ground, proving_ground
from banksia.testing.conformance.installed import check_installed
from banksia.testing.conformance.remote import check_remote
from banksia.testing.conformance.report import CHECKS, Finding, Report

__all__ = [
    "CHECKS",
    "Finding",
    "Ground",
    "Report",
    "StandInCouncil",
    "check_installed",
    "check_remote",
    "proving_ground",
]
