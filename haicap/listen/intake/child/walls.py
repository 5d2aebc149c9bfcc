"""The walls around the process that reads: memory, time, size of answer, no network."""

import ctypes
import resource
from typing import Final

from haicap.listen.intake import limits


CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWNET: Final = 0x40000000


def close_the_door() -> None:
    """Bound what this process may use, for good; shut the network where we may."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        # A machine may already be stricter than we are; it may not be raised.
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    # An empty network namespace has no way out. Kernels that do not let an ordinary
    # user make one answer with an error, and the other walls stand alone.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWNET)
