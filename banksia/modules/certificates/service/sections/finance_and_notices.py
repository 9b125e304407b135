"""What the certificates of rates, notices, orders and drains show."""

from banksia.modules.certificates.service.sections.questions import (
    SectionOf,
    in_words,
    of_amounts,
    of_entries,
    yes_or_no,
)

RATES = (
    SectionOf(
        "1",
        "Rates and charges",
        (
            of_amounts(
                "rates_owing",
                "Amounts due or payable",
                yes="The amounts below are due or payable to council.",
                no="No rates, charges or other amounts are due or payable to council.",
                ask="Which rates and charges are due or payable, and when?",
                attribute="rates_balance",
            ),
        ),
    ),
    SectionOf("2", "Rating category", (in_words("rating_category", "Category", ask="How is the land categorised?"),)),
    SectionOf(
        "3",
        "Postponed rates and work by council",
        (
            yes_or_no(
                "postponed_rates",
                "Postponed rates",
                yes="Rates on the land are postponed; their payment may be asked for.",
                no="No rates on the land are postponed.",
            ),
            yes_or_no(
                "cost_of_work",
                "Cost of work by council",
                yes="Council has carried out work on the land whose cost may be recovered from the owner.",
                no="Council has carried out no work on the land whose cost may be recovered from the owner.",
            ),
        ),
    ),
)

NOTICES = (
    SectionOf(
        "1",
        "Outstanding notices",
        (
            of_entries(
                "outstanding_notices",
                "Outstanding notices",
                yes="The notices below have been issued under the Local Government Act 1993 and are not yet "
                "complied with.",
                no="No notice that council has issued under the Local Government Act 1993 for the land is outstanding.",
                ask="Which notices under the Local Government Act stand against this lot?",
            ),
        ),
    ),
    SectionOf(
        "2",
        "Orders under the Local Government Act 1993",
        (
            of_entries(
                "local_government_orders",
                "Orders",
                yes="The orders below are in force for the land.",
                no="No order under the Local Government Act 1993 is in force for the land.",
                ask="Which orders under the Local Government Act stand against this lot?",
            ),
        ),
    ),
)

ORDERS = (
    SectionOf(
        "1",
        "Orders in force",
        (
            of_entries(
                "planning_orders",
                "Orders in force",
                yes="The orders below are in force for the land.",
                no="No order under Division 9.3 of the Environmental Planning and Assessment Act 1979 is in "
                "force for the land.",
                ask="Which development control orders stand against this lot?",
            ),
        ),
    ),
    SectionOf(
        "2",
        "Notices of intention to give an order",
        (
            of_entries(
                "intended_orders",
                "Intended orders",
                yes="Council has given notice of its intention to give the orders below.",
                no="Council has given no notice of its intention to give an order for the land.",
                ask="Of which intended orders has notice been given?",
            ),
        ),
    ),
)

DRAINAGE = (
    SectionOf(
        "1",
        "Sewer",
        (
            yes_or_no(
                "sewer_connected",
                "Connection to the sewer",
                yes="A building on the land is connected to council's sewer.",
                no="No building on the land is connected to council's sewer.",
            ),
            in_words(
                "sewer_lines", "Sewer lines", ask="Where do sewer mains and house drains run, and on which diagram?"
            ),
        ),
    ),
    SectionOf(
        "2",
        "Stormwater",
        (
            yes_or_no(
                "stormwater_lines",
                "Stormwater lines",
                yes="A stormwater line of council crosses the land.",
                no="Council's record shows no stormwater line across the land.",
            ),
        ),
    ),
)
