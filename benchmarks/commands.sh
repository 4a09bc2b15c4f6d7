#!/usr/bin/env bash
# How long the commands take that a person waits for, side by side in one run. Needs hyperfine and an installed tcia-policy.
set -euo pipefail
cd "$(dirname "$0")/.."
hyperfine --shell=none --warmup 2 --ignore-failure \
  'tcia-policy --help' \
  'tcia-policy check examples/lung-nodules' \
  'tcia-policy check examples/commercial-product' \
  'tcia-policy cite LIDC-IDRI' \
  'tcia-policy resolve examples/lung-nodules/cohort/nsclc-radiomics.tcia'
