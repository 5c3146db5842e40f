#!/usr/bin/env bash
# Installs what the browser checks need: Chromium and fonts from Debian's packages, two libraries from npm, exactly as locked.
# To be run as root, or with sudo at hand. Nothing is installed outside Debian's own places and tests/browser/node_modules.
set -euo pipefail
cd "$(dirname "$0")"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

need=()
command -v chromium >/dev/null || need+=(chromium)
command -v node >/dev/null || need+=(nodejs)
command -v pdftotext >/dev/null || need+=(poppler-utils)
command -v npm >/dev/null || need+=(npm)
# Letters with two marks on them, as Vietnamese has; without this package Debian's Chromium may set them badly.
fc-list 2>/dev/null | grep -qi 'noto ' || need+=(fonts-noto-core)
if [ "${#need[@]}" -gt 0 ]; then
  as_root apt-get update
  as_root apt-get install -y --no-install-recommends "${need[@]}"
fi
npm ci --no-audit --no-fund
