#!/usr/bin/env bash
# The table of «Measured» in the README, made anew: registers of the generator, the FEBRL sets, documents taken from a group,
# one new record against many. Not part of ./test: it takes half an hour.
#
#   crates/linkage/benches/table.sh DATA [WORKDIR]
#
# DATA is the folder with gen_people.py and febrl_dataset{3,4a,4b}.csv. A line for each register: best F1, recall at a
# precision of 0.99, precision and F1 at a stated 0.95, Brier score of the pairs kept, processor seconds, MiB.
set -euo pipefail
data=$(realpath "${1:?the folder with the generator and the FEBRL sets}")
work=${2:-$(mktemp -d)}
cd "$(dirname "$0")/../../.."
cargo build --release -q -p ceiba-linkage --examples
examples=$(realpath "${CARGO_TARGET_DIR:-target}")/release/examples
mkdir -p "$work" && cd "$work"

made() { # RECORDS SEED [OPTIONS]: a register of the generator
  local file=$1-$2.csv
  [ -s "$file" ] || python3 "$data/gen_people.py" --n "$1" --seed "$2" --out "$file" "${@:3}" >&2
  echo "$file"
}
line() { # FILE [WORDS]: how right a register is linked
  "$examples/batch" "$@" | awk -v name="$*" '
    / best / { for (i = 1; i <= NF; i++) if ($i == "best") { f1 = $(i + 1); p = $(i + 4); f = $(i + 6) } }
    /^recall/ { recall = $4 + 0; brier = $6 }
    /^linked/ { seconds = $2 }
    /^VmHWM/ { mib = $2 / 1024 }
    END { printf "%-44s %.4f %.4f %.4f / %.4f  %.4f %6.2f s %4d MiB\n", name, f1, recall, p, f, brier, seconds, mib }'
}
febrl() { # TARGET FILE...: a FEBRL set in our columns; the person is the number in rec-N-org and rec-N-dup-0
  python3 - "$@" <<'P'
import csv, sys
with open(sys.argv[1], 'w', newline='') as out:
    w = csv.writer(out)
    w.writerow('record_id entity_id given_names surname1 birth_date id_number other1 other2 other3'.split())
    for path in sys.argv[2:]:
        for r in csv.DictReader(open(path), skipinitialspace=True):
            r = {k.strip(): (v or '').strip() for k, v in r.items()}
            w.writerow([r['rec_id'], r['rec_id'].split('-')[1], r['given_name'], r['surname'], r['date_of_birth'],
                        r['soc_sec_id'], r['address_1'], r['suburb'], r['postcode']])
P
}

echo "set                                          best F1, recall at 0.99, at 0.95: precision / F1, Brier"
for seed in 24 51 52 53 54 55 421 422 423; do line "$(made 50000 $seed)"; done
for seed in 56 424; do line "$(made 50000 $seed --error-scale 0.5)"; done
for seed in 57 425; do line "$(made 50000 $seed --error-scale 1.5)"; done
for seed in 58 426; do line "$(made 50000 $seed --siblings 0.6)"; done
for seed in $(seq 71 80) $(seq 201 210) $(seq 421 430); do line "$(made 5000 $seed)"; done
line "$(made 1000000 31)"
febrl febrl3.csv "$data/febrl_dataset3.csv"
febrl febrl4.csv "$data/febrl_dataset4a.csv" "$data/febrl_dataset4b.csv"
for set in febrl3.csv febrl4.csv; do line $set; line $set alone; done
for group in sex=M sex=F nationality=GTM minors; do
  for seed in 24 51 52 53 54 55 421 422 423; do line "$(made 50000 $seed)" $group; done
  for seed in $(seq 71 80) $(seq 201 210) $(seq 421 430); do line "$(made 5000 $seed)" $group; done
done
"$examples/intake" 50000-51.csv 1000
"$examples/intake" 1000000-31.csv 2000
