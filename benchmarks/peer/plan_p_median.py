"""Solves a p-median that comes as JSON with spopt and CBC: `python plan_p_median.py < model.json`."""

import json
import sys
import time

import numpy as np
import pulp
from spopt.locate import PMedian


def main() -> None:
    """Read `km`, `weights`, `p` and `seconds`; write the weighted sum of ways."""
    data = json.load(sys.stdin)
    began = time.monotonic()
    median = PMedian.from_cost_matrix(
        np.array(data["km"]), np.array(data["weights"]), p_facilities=data["p"]
    )
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=data["seconds"], threads=2)
    median = median.solve(solver)
    answer = {
        "status": pulp.LpStatus[median.problem.status],
        "value": pulp.value(median.problem.objective),
        "seconds": time.monotonic() - began,
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
