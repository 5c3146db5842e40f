#!/usr/bin/env bash
# Builds the page of examples/reports and pages made by hand, then checks them in Chromium.
# Without Chromium, Node or the locked libraries it says so loudly and checks nothing; `tests/browser/install.sh` brings them.
# A folder as argument keeps the pages and screenshots there.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

missing=()
command -v "${CHROMIUM:-chromium}" >/dev/null || missing+=(chromium)
command -v node >/dev/null || missing+=(node)
command -v pdftotext >/dev/null || missing+=(pdftotext)
[ -d node_modules/playwright-core ] || missing+=(playwright-core)
[ -d node_modules/axe-core ] || missing+=(axe-core)
if [ "${#missing[@]}" -gt 0 ]; then
  printf '\n!!! BROWSER CHECKS SKIPPED, missing: %s\n!!! Run tests/browser/install.sh first.\n\n' "${missing[*]}" >&2
  # Where the checks must not be skipped, DATELINE_BROWSER=required makes this an error.
  [ "${DATELINE_BROWSER:-}" = required ] && exit 1
  exit 0
fi

if [ "${1:-}" ]; then mkdir -p "$1"; out=$(cd "$1" && pwd); else out=$(mktemp -d); trap 'rm -rf "$out"' EXIT; fi
cd "$root"
profile=${DATELINE_PROFILE:-dev}
rm -rf "$out/archive"
cargo run --quiet --profile "$profile" -- build examples/reports --into "$out/archive" --quiet > "$out/timeline.txt"
cp "$out/archive/index.html" "$out/examples.html"
cargo run --quiet --profile "$profile" -- timeline "$out/archive" --format json > "$out/examples.json"
cargo build --quiet --profile "$profile" -p dateline-engine --example page
target=${CARGO_TARGET_DIR:-target}
folder=$([ "$profile" = dev ] && echo debug || echo "$profile")
for kind in story hostile single empty many; do
  "$target/$folder/examples/page" "$kind" > "$out/$kind.html"
done
node tests/browser/run.mjs "$out"
