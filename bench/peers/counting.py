"""What every peer written in Python says in the end."""

import time


class Clock:
    """Seconds and processor seconds since it was made: after the imports."""

    def __init__(self):
        self.wall = time.perf_counter()
        self.cpu = time.process_time()

    def report(self, counts, buckets=None):
        """Prints the instances by (region, state, type), the buckets where they were read, and the time."""
        wall = time.perf_counter() - self.wall
        cpu = time.process_time() - self.cpu
        for (region, state, kind), count in sorted(counts.items()):
            print("instances", region, state, kind, count)
        if buckets is not None:
            print("buckets", buckets)
        print(f"reading {wall:.4f} {cpu:.4f}")


def assumed(boto3, role, external_id):
    """A session of the role."""
    granted = boto3.client("sts").assume_role(
        RoleArn=role, ExternalId=external_id, RoleSessionName="bench", DurationSeconds=900
    )["Credentials"]
    return boto3.Session(
        aws_access_key_id=granted["AccessKeyId"],
        aws_secret_access_key=granted["SecretAccessKey"],
        aws_session_token=granted["SessionToken"],
    )
