"""Templates of certificates as an administrator edits, tries, publishes and compares them."""

from banksia.modules.certificates.service.templates.comparing import compare_templates
from banksia.modules.certificates.service.templates.describing import (
    list_templates,
    read_template,
    read_template_version,
)
from banksia.modules.certificates.service.templates.editing import discard_template, save_template
from banksia.modules.certificates.service.templates.naming import list_template_fields
from banksia.modules.certificates.service.templates.publishing import publish_template, restore_template
from banksia.modules.certificates.service.templates.trying import check_template, preview_template

__all__ = [
    "check_template",
    "compare_templates",
    "discard_template",
    "list_template_fields",
    "list_templates",
    "preview_template",
    "publish_template",
    "read_template",
    "read_template_version",
    "restore_template",
    "save_template",
]
