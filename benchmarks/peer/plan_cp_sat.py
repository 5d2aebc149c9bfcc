"""Solves a model that comes as JSON with CP-SAT: `python plan_cp_sat.py SECONDS < model.json`."""

import json
import sys
import time

from ortools.sat.python import cp_model


def main() -> None:
    """Read columns and rows of whole numbers, minimise, write the value and the bound."""
    data = json.load(sys.stdin)
    began = time.monotonic()
    model = cp_model.CpModel()
    columns = [
        model.new_int_var(low, high, f"c{at}")
        for at, (low, high) in enumerate(zip(data["low"], data["high"], strict=True))
    ]
    for row in data["rows"]:
        total = cp_model.LinearExpr.weighted_sum(
            [columns[at] for at in row["columns"]], row["values"]
        )
        model.add_linear_constraint(total, row["low"], row["high"])
    model.minimize(cp_model.LinearExpr.weighted_sum(columns, data["cost"]))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(sys.argv[1])
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    answer = {
        "status": solver.status_name(status),
        "value": solver.objective_value if found else None,
        "bound": solver.best_objective_bound,
        "seconds": time.monotonic() - began,
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
