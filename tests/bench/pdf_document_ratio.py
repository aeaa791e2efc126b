#!/usr/bin/env python3
"""pdf_document_ratio.py LOCCIT [FILE.pdf]: `loccit extract` beside `pdftotext -bbox-layout` alone on the same PDF, by turns,
as the median of five; without FILE on the 500 pages and 2,000 notes of long_pdf.py. Times are of the processor, children
included, since other work on the machine says nothing of ours; the time on the clock is printed beside them."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time


def cost(command):
    before, clock = os.times(), time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return (after.children_user + after.children_system - before.children_user - before.children_system,
            time.monotonic() - clock)


def main():
    with tempfile.TemporaryDirectory() as folder:
        pdf = sys.argv[2] if len(sys.argv) > 2 else os.path.join(folder, "long.pdf")
        if len(sys.argv) <= 2:
            subprocess.run([sys.executable, pathlib.Path(__file__).with_name("long_pdf.py"), pdf], check=True)
        peers = {"pdftotext -bbox-layout": ["pdftotext", "-bbox-layout", pdf, "-"], "loccit extract": [sys.argv[1], "extract", pdf]}
        costs = {name: [] for name in peers}
        for _ in range(5):
            for name, command in peers.items():
                costs[name].append(cost(command))
        medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in costs.items()}
        for name, (processor, clock) in medians.items():
            print(f"{name:24} {processor:6.2f} s of processor time, {clock:6.2f} s on the clock")
        print(f"ratio {medians['loccit extract'][0] / medians['pdftotext -bbox-layout'][0]:.2f}")


if __name__ == "__main__":
    main()
