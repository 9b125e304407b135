"""A council's colours, checked for contrast when they are saved (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""

import re

from banksia.foundation.organisations.errors import ThemeInvalid

HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
DEFAULT_THEME = {
    "action": "#14563b",
    "header": "#0e3f2b",
    "accent": "#e0a526",
    "body": "#ffffff",
    "shade": "#f7f6f2",
    "text": "#1f2a25",
    "header_text": "#ffffff",
    "border": "#7d857f",
    "focus": "#7a3ff2",
    "header_focus": "#d9b8ff",
}
RULES = (
    ("text", "body", 4.5, "Text"),
    ("text", "shade", 4.5, "Text on shaded areas"),
    ("action", "body", 4.5, "Links and buttons"),
    ("action", "shade", 4.5, "Links and buttons on shaded areas"),
    ("header_text", "header", 4.5, "Text in the header"),
    ("border", "body", 3.0, "Borders of fields"),
    ("focus", "body", 3.0, "The focus outline"),
    ("header_focus", "header", 3.0, "The focus outline in the header"),
)


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_theme(theme: dict[str, str]) -> None:
    """Refuse a theme with an unknown key, a colour that cannot be read, or too little contrast; raises ThemeInvalid."""
    errors = [
        {
            "field": f"theme.{key}",
            "message": "There is no such colour." if key not in DEFAULT_THEME else "Write #rrggbb.",
        }
        for key, value in theme.items()
        if key not in DEFAULT_THEME or not HEX.match(value)
    ]
    if not errors:
        colours = DEFAULT_THEME | theme
        ratios = ((rule, contrast(colours[rule[0]], colours[rule[1]])) for rule in RULES)
        errors = [
            {"field": f"theme.{front}", "message": f"{what}: the contrast is {ratio:.1f}:1, {least}:1 is needed."}
            for (front, _, least, what), ratio in ratios
            if ratio < least
        ]
    if errors:
        raise ThemeInvalid(errors=errors)
