#!/bin/sh
# The table of benches/README.md: dealdesk beside other tools, on ROWS rows.
#
#   BENCH=path/to/bench benches/compare.sh ROWS|latency [options of run.sh]
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -lt 1 ] || [ ! -x "${BENCH:-}/run.sh" ]; then
  sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
  echo "BENCH is the folder with run.sh in it; benches/README.md says what that is." >&2
  exit 2
fi
rows=$1
shift
cargo build --release --locked --manifest-path "$top/Cargo.toml"
exec "$BENCH/run.sh" "$rows" "${CARGO_TARGET_DIR:-$top/target}/release/dealdesk" "$@"
