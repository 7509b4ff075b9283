#!/usr/bin/env python3
"""All two-way tables of a register through our gate and through Tau-Argus, in one run.

    python3 -m venv VENV && VENV/bin/pip install pytauargus==0.6.0
    cargo bench -p ceiba-disclosure --bench suppress --no-run       # prints where the program is
    VENV/bin/python crates/disclosure/benches/compare.py PROGRAM cases.csv...

Tau-Argus gets FREQ(10,50) and OPT; the gate gets threshold 10. «cases» are people in hidden cells, totals included; «inner» without
totals. CPU is user and system time of each one's own processes.
"""
import csv
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile


def used(who):
    r = resource.getrusage(who)
    return r.ru_utime + r.ru_stime


def argus(rows, a, b):
    from pytauargus import protect
    data = {c: [r[c] for r in rows] for c in (a, b)}
    data["n"] = [1] * len(rows)
    with tempfile.TemporaryDirectory() as work:
        result = protect(data, [a, b], response="n", safety_rules="FREQ(10,50)", suppress="OPT(1)", workdir=work)
        table = result.tables[0]
        hidden = [r for r, safe in zip(table.rows, table.safe()) if safe == "x"]
        # Zeros count nobody, whatever their mark.
        hidden = [r for r in hidden if r["n"] > 0]
        return (len(hidden), sum(r["n"] for r in hidden),
                sum(r["n"] for r in hidden if r[a] != "Total" and r[b] != "Total"))


def main():
    program, *files = map(os.path.abspath, sys.argv[1:])
    # Its solver writes files wherever it is started.
    with tempfile.TemporaryDirectory() as nowhere:
        os.chdir(nowhere)
        compare(program, files)
        os.chdir(os.path.sep)


def compare(program, files):
    for path in files:
        rows = list(csv.DictReader(open(path, newline="")))
        before = used(resource.RUSAGE_CHILDREN)
        lines = subprocess.run([program, path], check=True, capture_output=True, text=True).stdout.splitlines()
        ours_cpu = used(resource.RUSAGE_CHILDREN) - before
        ours = {(o["a"], o["b"]): o for o in map(json.loads, lines)}
        assert all("refused" not in o for o in ours.values())
        own = used(resource.RUSAGE_SELF) + used(resource.RUSAGE_CHILDREN)
        theirs, failed = {}, []
        for a, b in itertools.combinations(rows[0], 2):
            try:
                theirs[a, b] = argus(rows, a, b)
            except Exception as error:  # its engine refuses some; they are named below
                failed.append((a, b, str(error).splitlines()[0][:80]))
        argus_cpu = used(resource.RUSAGE_SELF) + used(resource.RUSAGE_CHILDREN) - own
        both = [(ours[k], theirs[k]) for k in theirs]
        worse = sum(o["cases"] > t[1] for o, t in both)
        much = sum(o["cases"] > 1.15 * t[1] for o, t in both)
        total = lambda f: sum(map(f, both))
        print(json.dumps({
            "file": path.rsplit("/", 1)[-1], "tables": len(ours), "compared": len(both), "failed": failed,
            "recovered": sum(o["recovered"] for o in ours.values()), "narrow": sum(o["narrow"] for o in ours.values()),
            "cells": [total(lambda x: x[0]["hidden"]), total(lambda x: x[1][0])],
            "cases": [total(lambda x: x[0]["cases"]), total(lambda x: x[1][1])],
            "inner": [total(lambda x: x[0]["inner"]), total(lambda x: x[1][2])],
            "ratio": round(total(lambda x: x[0]["cases"]) / total(lambda x: x[1][1]), 3),
            "worse": worse, "worse_by_15_percent": much, "cpu": [round(ours_cpu, 2), round(argus_cpu, 2)]}), flush=True)
        for (a, b), t in theirs.items():
            o = ours[a, b]
            if o["cases"] > 1.15 * t[1]:
                print("#", a, b, o["hidden"], o["cases"], o["inner"], "beside", *t, file=sys.stderr)


if __name__ == "__main__":
    main()
