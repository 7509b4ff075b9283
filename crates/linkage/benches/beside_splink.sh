#!/usr/bin/env bash
# Ceiba beside Splink 5 on one machine, one after the other. Not part of ./test: it installs Splink.
#
#   crates/linkage/benches/beside_splink.sh SCRIPTS [RECORDS] [SEED] [WORKDIR]
#
# SCRIPTS is the folder with gen_people.py, prep_people.py and bench_splink.py; `ceiba` must be built with
# --release. Prints what both say of themselves: precision, recall, F1, processor seconds, memory.
set -euo pipefail
scripts=$(realpath "${1:?the folder with the scripts}")
records=${2:-50000} seed=${3:-101} work=${4:-$(mktemp -d)}
root=$(cd "$(dirname "$0")/../../.." && pwd)
ceiba=${CARGO_TARGET_DIR:-$root/target}/release/ceiba
mkdir -p "$work" && cd "$work"
python3 "$scripts/gen_people.py" --n "$records" --seed "$seed" --out people.csv
[ -d venv ] || { python3 -m venv venv && venv/bin/pip install -q 'splink==5.0.0' 'duckdb==2.0.0' pyarrow; }
venv/bin/python "$scripts/prep_people.py" people.csv people.parquet
rules=wide && [ "$records" -gt 200000 ] && rules=narrow
for model in plain household; do
  echo "== Splink, $model, $rules"
  venv/bin/python "$scripts/bench_splink.py" people people.parquet --rules $rules --model $model
done
echo "== Ceiba"
"$ceiba" link evaluate people.csv --truth entity_id --reliability
