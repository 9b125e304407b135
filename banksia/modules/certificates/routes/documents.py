"""How routes that answer a PDF describe themselves."""

PDF = {"responses": {"200": {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}}
