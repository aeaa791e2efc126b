#!/usr/bin/env python3
"""ratios.py BENCH OURS [BENCH ARGUMENTS]: runs a benchmark program and prints how many times faster OURS is than each peer."""
import json
import subprocess
import sys

bench, ours = sys.argv[1:3]
command = [bench, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_report_aggregates_only=true", *sys.argv[3:]]
rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["benchmarks"]
medians = {row["run_name"]: row for row in rows if row.get("aggregate_name") == "median"}
for name, row in medians.items():
    speed = f"{row['bytes_per_second'] / 1e6:9.1f} MB/s" if "bytes_per_second" in row else f"{row['real_time']:9.3f} {row['time_unit']}"
    ratio = "" if name == ours else f"   {ours} is {row['real_time'] / medians[ours]['real_time']:.2f} times as fast"
    print(f"{name:28} {speed}{ratio}")
