"""HCL2, the language of Terraform: text → tree with places.

`parse` reads the native form, `json_body.parse_json` the JSON form; `static`
gives the value of an expression that is literal.
"""

from plumblint.syntax.hcl.parser import parse, parse_template
from plumblint.syntax.hcl.static import NOT_STATIC, static

__all__ = ["NOT_STATIC", "parse", "parse_template", "static"]
