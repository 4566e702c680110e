"""Compile one document with typst and print the seconds it took: a process of its own, for typst remembers its work.

python -m benchmarks.typst_once DOCUMENT FONT_FOLDER
"""

import sys
import time

import typst

if __name__ == "__main__":
    began = time.perf_counter()
    typst.compile(sys.argv[1], font_paths=[sys.argv[2]], ignore_system_fonts=True)
    print(time.perf_counter() - began)
