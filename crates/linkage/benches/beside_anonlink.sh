#!/usr/bin/env bash
# Ceiba's blind comparison beside anonlink's, on one machine, one after the other, three times. Not part of ./test: it installs
# anonlink.
#
#   crates/linkage/benches/beside_anonlink.sh SCRIPTS [WORKDIR]
#
# SCRIPTS is the folder with gen_people.py and bench_clk.py. Build first: cargo bench -p ceiba-linkage --bench blind --no-run, and
# cargo build --release -p ceiba-linkage --example blind.
set -euo pipefail
scripts=$(realpath "${1:?the folder with the scripts}")
work=${2:-$(mktemp -d)}
root=$(cd "$(dirname "$0")/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}/release
bench=$(find "$target/deps" -name 'blind-*' -executable -newer "$root/crates/linkage/benches/blind.rs" | head -1)
mkdir -p "$work" && cd "$work"
python3 "$scripts/gen_people.py" --n 50000 --seed 301 --out people.csv
[ -d venv ] || { python3 -m venv venv && venv/bin/pip install -q 'anonlink==0.15.3' 'clkhash==0.18.3' 'setuptools<81'; }
for _ in 1 2 3; do
  echo "== Ceiba" && "$bench" --bench
  echo "== anonlink" && venv/bin/python "$scripts/bench_clk.py" people.csv 5000
done
echo "== Ceiba on the same 5,000 and 5,000" && "$target/examples/blind" people.csv dates 5000
echo "== Ceiba on all 50,000" && "$target/examples/blind" people.csv
