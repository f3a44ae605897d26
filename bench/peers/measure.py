"""Runs a command, and says what it and all that it started took: seconds, processor seconds, MB resident at most."""

import os
import sys
import time

began = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - began

# In bytes on macOS, in KB elsewhere. Of several processes, the largest.
peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(f"process {wall:.4f} {used.ru_utime + used.ru_stime:.4f} {peak:.1f}")
sys.exit(os.waitstatus_to_exitcode(status))
