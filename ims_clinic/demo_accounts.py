"""Sign-ins of the demo clinic. Used only while settings.DEMO is on."""

from people.choices import Role

PASSWORD = "needle-thread-harbour"  # noqa: S105 - printed on the demo's sign-in page

ACCOUNTS: tuple[tuple[str, str, Role], ...] = (
    ("desk@demo.example", "Kim Duarte", Role.FRONT_DESK),
    ("desk2@demo.example", "Jo Petersen", Role.FRONT_DESK),
    ("physio@demo.example", "Mara Lindqvist", Role.PHYSIOTHERAPIST),
    ("tom@demo.example", "Tom Achterberg", Role.PHYSIOTHERAPIST),
    ("sunita@demo.example", "Sunita Rao", Role.PHYSIOTHERAPIST),
    ("ben@demo.example", "Ben Carrow", Role.PHYSIOTHERAPIST),
    ("admin@demo.example", "Alex Winter", Role.CLINIC_ADMIN),
)

SHOWN = ("desk@demo.example", "physio@demo.example", "admin@demo.example")


def sign_ins() -> list[dict[str, str]]:
    """The accounts that the sign-in page and ``./dev run`` show."""
    return [
        {"email": email, "password": PASSWORD, "role": role.label}
        for email, _name, role in ACCOUNTS
        if email in SHOWN
    ]


def sign_in_lines() -> str:
    """The shown sign-ins as the last lines of ``./dev run``."""
    return "\n".join(
        f"   {row['role']:<16} {row['email']:<20} {row['password']}" for row in sign_ins()
    )
