"""What deployed/run and deployed/invoke are told: the one place that reads their arguments.

It imports Python's own library alone, for the scripts call it before anything is installed or asked for.
"""

import argparse
import re
import sys
from collections.abc import Callable
from typing import NoReturn

from names import OPEN_ROLE, ROLE_STACK, STACK

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
ROLE_ARN = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[!-~]+")

CODES = """\
exit codes:
  0   every check passed
  1   a check failed, something that is needed is missing, or the run was
      stopped; the last lines say what
  2   {refused}
  77  nothing was run: {missing} cannot be had here
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to read on."""

    def __init__(self, program: str, description: str, codes: str):
        super().__init__(
            program, description=description, epilog=codes, formatter_class=argparse.RawTextHelpFormatter,
            allow_abbrev=False, add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help="show this, and do nothing else")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\nsee: {self.prog} --help\n")


def of_run(arguments: list[str]) -> argparse.Namespace:
    """Of deployed/run. What is wrong ends the program with 2; so does a real account without a yes, or without a second one."""
    parser = _Parser(
        "deployed/run",
        "Deploys the stack with SAM CLI, and lives a connection's whole life in it.\ndeployed/README.md says what is checked.",
        CODES.format(refused="an argument is wrong, or nothing was begun in the real accounts", missing="Docker Engine, or LocalStack,"),
    )
    parser.add_argument("--built", action="store_true", help="deploy what the last run has built: no `sam build`")
    parser.add_argument(
        "--target", choices=["emulator", "localstack", "aws"], default="emulator", metavar="TARGET",
        help="where to (default: emulator)\n"
        "emulator    an emulator of AWS on this machine, functions in Docker\n"
        "localstack  LocalStack in Docker: what its free edition has of it\n"
        "aws         two real accounts, which are charged: without Docker,\n"
        "            with the credentials of this shell",
    )
    parser.add_argument(
        "--role-arn", type=_role, metavar="ARN", help="with --target aws: an administrator's role in the customer's\naccount, which is another one"
    )
    parser.add_argument("--yes", action="store_true", help="with --target aws: stacks, keys and roles may be made, and\nare paid for")
    said = parser.parse_args(arguments)
    if said.target != "aws":
        for option, given in (("--role-arn", said.role_arn), ("--yes", said.yes)):
            if given:
                parser.error(f"{option} is for --target aws alone, and the target is {said.target}")
        return said
    if not said.role_arn:
        parser.error("--target aws needs --role-arn, a role in a second account")
    if not said.yes:
        parser.error(
            f"--target aws makes the stack {STACK} in the account of your credentials and the stack {ROLE_STACK} and the role "
            f"{OPEN_ROLE}, which that account may assume without an External ID, in the account of {said.role_arn}; both accounts are "
            "charged. It deletes them in the end. It has never been run. Say --yes if you want that"
        )
    return said


def of_invoke(arguments: list[str]) -> argparse.Namespace:
    """Of deployed/invoke, likewise."""
    parser = _Parser(
        "deployed/invoke",
        "Runs each function with its event of events/, by `sam local invoke` in Docker.\ndeployed/README.md says what is checked.",
        CODES.format(refused="an argument is wrong", missing="Docker Engine"),
    )
    parser.add_argument("--built", action="store_true", help="run what the last run has built: no `sam build`")
    return parser.parse_args(arguments)


def _role(arn: str) -> str:
    if not ROLE_ARN.fullmatch(arn):
        raise argparse.ArgumentTypeError(f"{arn!r} is not the ARN of a role, such as arn:aws:iam::444455556666:role/Administrator")
    return arn


PROGRAMS: dict[str, Callable[[list[str]], argparse.Namespace]] = {"deployed/run": of_run, "deployed/invoke": of_invoke}


if __name__ == "__main__":
    # For the scripts: what a run of these arguments needs.
    print("accounts" if getattr(PROGRAMS[sys.argv[1]](sys.argv[2:]), "target", None) == "aws" else "docker")
