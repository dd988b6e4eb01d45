"""Reads a Vega-Lite specification from stdin, and writes its picture to stdout. A program."""

import json
import sys

import vl_convert

# For the dense screens of today.
SCALE = 2.0

if __name__ == "__main__":
    specification = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(vl_convert.vegalite_to_png(specification, scale=SCALE))
