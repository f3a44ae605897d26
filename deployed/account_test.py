"""What is wrong with this shell's credentials is told before anything is begun."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import account

ROLE = "arn:aws:iam::444455556666:role/Administrator"
NOBODY = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_DEFAULT_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1", "NO_PROXY": "127.0.0.1"}


class AccountTest(unittest.TestCase):
    def test_refuses_a_profile_that_there_is_not(self) -> None:
        self.assert_refused("The config profile (nobody) could not be found", AWS_PROFILE="nobody")

    def test_refuses_a_shell_without_credentials(self) -> None:
        self.assert_refused("Unable to locate credentials")

    def test_refuses_a_shell_without_a_region(self) -> None:
        self.assert_refused("AWS_DEFAULT_REGION, or the profile, has to say one", AWS_DEFAULT_REGION="")

    def test_refuses_where_aws_cannot_be_reached(self) -> None:
        self.assert_refused("Could not connect", AWS_ACCESS_KEY_ID="A", AWS_SECRET_ACCESS_KEY="s", AWS_ENDPOINT_URL="http://127.0.0.1:1")

    def assert_refused(self, why: str, **environment: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            files = {name: str(Path(folder) / name) for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")}
            with mock.patch.dict(os.environ, {**files, **NOBODY, **environment}, clear=True):
                with self.assertRaisesRegex(account.Refused, r"^[^\n]*[^.\n]$") as refused, account.accounts(ROLE):
                    self.fail("it has begun")
        self.assertIn(why, str(refused.exception))


if __name__ == "__main__":
    unittest.main()
