"""checkov as its command line runs it, with one thing added: in CloudFormation, a comment may name several checks.

`# checkov:skip=A,B:reason`: checkov's pattern takes it, and its reader looks for one check of that name. Whatever is
skipped has its reason in the template, where it is skipped.
"""

import sys

from checkov.cloudformation import context_parser
from checkov.main import Checkov

found = context_parser.collect_suppressions_for_context


def each(code_lines):
    """The suppressions of a resource, one for each check that they name."""
    return [skip | {"id": name} for skip in found(code_lines=code_lines) for name in (skip["id"] or "").split(",")]


context_parser.collect_suppressions_for_context = each
sys.exit(Checkov(sys.argv[1:]).run())
