"""The names of what a run makes, in real accounts too."""

# Of ours, where the broker's account is a real one.
STACK = "cloudoperator-deployed-run"
# The customer's, of customer/minimal-role.yaml.
ROLE_STACK = "cloudoperator-role"
# The customer's, which may be assumed without an External ID.
OPEN_ROLE = "CloudOperatorOpen"
# A queue, and the rule of the bus that fills it.
HEARD = "cloudoperator-told"
