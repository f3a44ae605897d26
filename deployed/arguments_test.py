"""deployed/run and deployed/invoke, in a folder where nothing is to be had but Python's own library."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

DEPLOYED = Path(__file__).resolve().parent
ROLE = "arn:aws:iam::444455556666:role/Administrator"


class ArgumentsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "deployed").mkdir()
        for name in ("run", "invoke", "tools.sh", "arguments.py", "names.py"):
            shutil.copy(DEPLOYED / name, self.root / "deployed")
        # What both scripts do next, before they ask for Docker or install anything.
        (self.root / "build").mkdir()
        (self.root / "build/launch.sh").write_text('echo "went on: it needs $needs"\nexit 3\n')

    def test_tells_of_each_option_and_exit_code(self) -> None:
        self.assert_help("run", "--help", "--built", "--target", "emulator", "localstack", "aws", "--role-arn", "--yes", "0", "1", "2", "77")
        self.assert_help("invoke", "--help", "--built", "0", "1", "2", "77")

    def test_refuses_what_it_does_not_know(self) -> None:
        for program in ("run", "invoke"):
            for unknown in ("--bogus", "--buil", "built", "--help=yes"):
                self.assert_refused(program, [unknown])
        self.assert_refused("run", ["--target", "azure"])
        self.assert_refused("invoke", ["--target", "aws"])

    def test_refuses_what_belongs_to_another_target(self) -> None:
        for target in ([], ["--target", "emulator"], ["--target=localstack"]):
            self.assertIn("--target aws alone", self.assert_refused("run", [*target, "--role-arn", ROLE]))
            self.assertIn("--target aws alone", self.assert_refused("run", [*target, "--yes"]))

    def test_refuses_real_accounts_without_a_role_and_a_yes(self) -> None:
        self.assertIn("needs --role-arn", self.assert_refused("run", ["--target", "aws", "--yes"]))
        self.assertIn("not the ARN of a role", self.assert_refused("run", ["--target", "aws", "--yes", "--role-arn", "Administrator"]))
        told = self.assert_refused("run", ["--target", "aws", "--role-arn", ROLE])
        for made in ("cloudoperator-deployed-run", "cloudoperator-role", "CloudOperatorOpen", "charged"):
            self.assertIn(made, told)

    def test_goes_on_with_all_else(self) -> None:
        self.assert_goes_on("run", [], "docker")
        self.assert_goes_on("run", ["--built", "--target", "localstack"], "docker")
        self.assert_goes_on("run", ["--target=aws", "--role-arn", ROLE, "--yes"], "accounts")
        self.assert_goes_on("invoke", ["--built"], "docker")

    def assert_help(self, program: str, *words: str) -> None:
        for option in ("--help", "-h"):
            ran = self.ran(program, ["--built", option])
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))
            self.assertLessEqual({*words}, {*ran.stdout.replace(",", " ").split()})

    def assert_refused(self, program: str, arguments: list[str]) -> str:
        ran = self.ran(program, arguments)
        self.assertEqual((ran.returncode, ran.stdout), (2, ""), ran.stderr)
        sentence, hint = ran.stderr.splitlines()
        self.assertTrue(sentence.startswith(f"deployed/{program}: "), sentence)
        self.assertEqual(hint, f"see: deployed/{program} --help")
        return sentence

    def assert_goes_on(self, program: str, arguments: list[str], needs: str) -> None:
        ran = self.ran(program, arguments)
        self.assertEqual((ran.returncode, ran.stdout), (3, f"went on: it needs {needs}\n"), ran.stderr)

    def ran(self, program: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "deployed" / program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )


if __name__ == "__main__":
    unittest.main()
