"""Makes departments.csv: the outline of each department as an SVG path, 320 units wide, whole numbers.

Run with the GeoJSON of departments as its first argument; they are told by name. Source and credit: ../../NOTICE.md.
"""
import csv
import json
import math
import pathlib
import sys
import unicodedata

WIDE = 320
STEP = 1.2  # what is nearer to the line than this, in units, is left out


def line(points):
    """Douglas and Peucker, without recursion."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        (x1, y1), (x2, y2) = points[a], points[b]
        length = math.hypot(x2 - x1, y2 - y1)
        far, at = 0, None
        for n in range(a + 1, b):
            x, y = points[n]
            if length:
                d = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            else:
                d = math.hypot(x - x1, y - y1)
            if d > far:
                far, at = d, n
        if at is not None and far > STEP:
            keep.add(at)
            stack += [(a, at), (at, b)]
    return [points[n] for n in sorted(keep)]


def plain(name):
    """A name without accents, in small letters; one that the source spells in its own way."""
    name = "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn").lower()
    return {"quezaltenango": "quetzaltenango"}.get(name, name)


def middle(ring):
    """The whole point inside that is farthest from the line: a number stands there."""
    edges = list(zip(ring, ring[1:]))
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    best = (-1, 0, 0)
    for y in range(min(ys), max(ys) + 1):
        for x in range(min(xs), max(xs) + 1):
            inside = sum((b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a) for (a, b), (c, d) in edges) % 2
            if not inside:
                continue
            near = min(distance(x, y, *edge) for edge in edges)
            best = max(best, (near, x, y))
    return best[1:]


def distance(x, y, start, end):
    """From a point to a stretch of line."""
    (a, b), (c, d) = start, end
    along = ((x - a) * (c - a) + (y - b) * (d - b)) / max((c - a) ** 2 + (d - b) ** 2, 1)
    along = min(max(along, 0), 1)
    return math.hypot(x - a - along * (c - a), y - b - along * (d - b))


here = pathlib.Path(__file__).resolve().parent
with open(here.parent / "codelists" / "departments.csv", encoding="utf-8") as file:
    codes = {plain(row["label_es"]): row["code"] for row in csv.DictReader(file)}
features = json.load(open(sys.argv[1]))["features"]
rings = {}
for f in features:
    code = codes[plain(f["properties"]["name"])]
    g = f["geometry"]
    parts = g["coordinates"] if g["type"] == "MultiPolygon" else [g["coordinates"]]
    rings[code] = [part[0] for part in parts]
every = [pt for parts in rings.values() for ring in parts for pt in ring]
west, east = min(p[0] for p in every), max(p[0] for p in every)
south, north = min(p[1] for p in every), max(p[1] for p in every)
squeeze = math.cos(math.radians((south + north) / 2))
scale = WIDE / ((east - west) * squeeze)
print("pcode,x,y,path")
for code in sorted(rings):
    path, mids = "", []
    for ring in rings[code]:
        pts = line([((x - west) * squeeze * scale, (north - y) * scale) for x, y in ring])
        whole = []
        for x, y in pts:
            if not whole or whole[-1] != (round(x), round(y)):
                whole.append((round(x), round(y)))
        if len(whole) < 4:
            continue
        mids.append((len(whole), whole))
        x, y = whole[0]
        path += f"M{x} {y}"
        for a, b in whole[1:-1]:
            path += f"l{a - x} {b - y}"
            x, y = a, b
        path += "z"
    whole = max(mids)[1]
    mx, my = middle(whole)
    print(f"{code},{mx},{my},{path}")
