#!/usr/bin/env python3
"""Writes src/RxWormhole.Protocol/Text/NfcData.txt from the Unicode Character Database.

    eng/nfc-data.py FOLDER > src/RxWormhole.Protocol/Text/NfcData.txt

FOLDER holds UnicodeData.txt and CompositionExclusions.txt; on Debian the package unicode-data puts them under /usr/share/unicode.
"""
import os
import re
import sys

folder = sys.argv[1]
version = re.search(r"CompositionExclusions-([\d.]+)\.txt", open(os.path.join(folder, "CompositionExclusions.txt")).read()).group(1)

excluded = set()
for line in open(os.path.join(folder, "CompositionExclusions.txt")):
    entry = line.split("#")[0].strip()
    if entry:
        excluded.add(int(entry, 16))

classes, decompositions = {}, {}
for line in open(os.path.join(folder, "UnicodeData.txt")):
    fields = line.split(";")
    point = int(fields[0], 16)
    if fields[3] != "0":
        classes[point] = int(fields[3])
    if fields[5] and not fields[5].startswith("<"):
        decompositions[point] = [int(part, 16) for part in fields[5].split()]

print(f"# Unicode {version}: what normalization form C needs. Written by eng/nfc-data.py; do not edit.")
print("# first..last class: canonical combining classes that are not zero")
points = sorted(classes)
start = previous = points[0]
for point in points[1:] + [None]:
    if point is not None and point == previous + 1 and classes[point] == classes[start]:
        previous = point
        continue
    print(f"{start:04X}..{previous:04X} {classes[start]}")
    start = previous = point

print("# point = parts: canonical decompositions, one step each; ! in front: never composed again")
for point, parts in sorted(decompositions.items()):
    # Full_Composition_Exclusion: listed, single, or with a part that is no starter in the first place.
    never = point in excluded or len(parts) == 1 or classes.get(point) or classes.get(parts[0])
    print(f"{'!' if never else ''}{point:04X} = {' '.join(f'{part:04X}' for part in parts)}")
