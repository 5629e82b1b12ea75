"""Draws the charts of a JSON file with matplotlib, as PNG of 1600 x 900, and prints the milliseconds of each kind.

The least of several rounds counts, after one that warms up; the figure is closed within the time, as a server would.
"""

import io
import json
import sys
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

ROUNDS = 5
ACCENT, SLATE, CONTRAST, TINT = "#0B4F8A", "#8FA3B6", "#E39035", "#D3E3F1"


def known(values):
    return [float("nan") if value is None else value for value in values]


def trend(axes, points, width=2):
    places = range(len(points))
    axes.fill_between(
        places, known(p["lower"] for p in points), known(p["upper"] for p in points), color=TINT
    )
    values = known(p["value"] for p in points)
    axes.plot(places, values, color=ACCENT, linewidth=width, marker="o")
    return values


def index_trend(figure, chart):
    axes = figure.add_subplot()
    values = trend(axes, chart["points"])
    for place, value in enumerate(values):
        axes.annotate(f"{value:.1f}", (place, value), xytext=(0, 12), textcoords="offset points", ha="center")
    axes.set_xticks(range(len(values)), [f"{p['quarter']}\n{p['n']}" for p in chart["points"]])
    axes.grid(axis="y")


def nps(figure, chart):
    upper, lower = figure.subplots(2, 1)
    bars = chart["bars"]
    trend(upper, [{"value": b["score"], "lower": b["lower"], "upper": b["upper"]} for b in bars])
    places = range(len(bars))
    detractors = known(b["detractors"] for b in bars)
    promoters = known(b["promoters"] for b in bars)
    passives = [1 - d - p for d, p in zip(detractors, promoters)]
    lower.bar(places, detractors, color=CONTRAST)
    lower.bar(places, passives, bottom=detractors, color="#DDE2E8")
    lower.bar(places, promoters, bottom=[d + p for d, p in zip(detractors, passives)], color=ACCENT)
    for place, shares in enumerate(zip(detractors, passives, promoters)):
        below = 0
        for share in shares:
            lower.text(place, below + share / 2, f"{share:.0%}", ha="center", va="center")
            below += share
    lower.set_xticks(places, [f"{b['label']}\n{b['n']}" for b in bars])


def segments(figure, chart):
    panels = chart["panels"]
    grid = figure.subplots((len(panels) + 3) // 4, 4, sharey=True, squeeze=False).flat
    for axes, panel in zip(grid, panels):
        trend(axes, panel["points"], 1)
        axes.axhline(chart["reference"], linestyle="--", color=SLATE)
        axes.set_title(panel["name"], loc="left")


def drivers(figure, chart):
    axes = figure.add_subplot()
    ranked = sorted(chart["drivers"], key=lambda d: d["importance"])
    bars = axes.barh([d["name"] for d in ranked], [d["importance"] for d in ranked], color=ACCENT)
    axes.bar_label(bars, [f"{d['importance']:.1%}  β {d['beta']:.2f}  p {d['p_value']:.3f}" for d in ranked])


def importance_performance(figure, chart):
    axes = figure.add_subplot()
    items = chart["drivers"]
    axes.scatter([d["performance"] for d in items], [d["importance"] for d in items], color=ACCENT, s=80)
    for d in items:
        axes.annotate(d["name"], (d["performance"], d["importance"]), xytext=(10, -4), textcoords="offset points")
    importance, performance = chart["crosshair"]
    axes.axhline(importance, color=SLATE)
    axes.axvline(performance, color=SLATE)
    for x, y, words in [(0, 1, "Concentrate here"), (1, 1, "Keep up"), (0, 0, "Low priority"), (1, 0, "Overkill")]:
        axes.text(x, y, words, transform=axes.transAxes, ha="right" if x else "left", va="top" if y else "bottom")


def structural_model(figure, chart):
    axes = figure.add_subplot()
    axes.axis("off")
    rows = [0.5, 0.9, 0.1]
    at = {c["code"]: (i / 5, rows[i % 3]) for i, c in enumerate(chart["constructs"])}
    for path in chart["paths"]:
        start, end = at[path["from"]], at[path["to"]]
        arrow = {"arrowstyle": "->", "linewidth": 2 + 7 * abs(path["coefficient"]), "color": ACCENT}
        axes.annotate("", xy=end, xytext=start, arrowprops=arrow)
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        axes.text(*middle, f"{path['coefficient']:.2f}", bbox={"color": "white"}, ha="center")
    for construct in chart["constructs"]:
        index, explained = construct["index"], construct["r_squared"]
        words = f"{construct['name']}\n{index or 0:.1f}\nR² {explained or 0:.2f}"
        axes.text(*at[construct["code"]], words, bbox={"facecolor": TINT}, ha="center", va="center")


def loyalty_matrix(figure, chart):
    grid = figure.subplots(2, 2).flat
    for axes, word in zip(grid, ["hostage", "loyal", "defecting", "mercenary"]):
        cell = chart[word]
        axes.set_title(word, loc="left")
        bars = axes.barh(["Revenue", "Customers"], [cell["revenue_share"], cell["share"]], color=SLATE)
        axes.bar_label(bars, [f"{cell['revenue_share']:.0%}", cell["customers"]])
        axes.set_xlim(0, 1)


def transitions(figure, chart):
    axes = figure.add_subplot()
    axes.axis("off")
    types = ["loyal", "mercenary", "hostage", "defecting", "unclassified"]
    colors = dict(zip(types, [ACCENT, "#7BAAD4", SLATE, CONTRAST, "#DDE2E8"]))
    place = {word: word if word in types else "unclassified" for word in types + ["new"]}
    moves = {}
    for move in chart["moves"]:
        key = place[move["from"]], place[move["to"]]
        moves[key] = moves.get(key, 0) + move["customers"]
    moves.pop(("unclassified", "unclassified"), None)
    gap, left, right, top = 200, {}, {}, 0
    for side, index in ((left, 0), (right, 1)):
        top = 0
        for word in types:
            side[word] = top
            size = sum(n for key, n in moves.items() if key[index] == word)
            axes.text(-0.02 if index == 0 else 1.02, -top - size / 2, f"{word} {size}", ha="right" if index == 0 else "left")
            top += size + gap
    steps = [i / 24 for i in range(25)]
    smooth = [s * s * (3 - 2 * s) for s in steps]
    for (before, now), n in sorted(moves.items(), key=lambda m: (types.index(m[0][0]), types.index(m[0][1]))):
        start, end = left[before], right[now]
        upper = [-(start + (end - start) * s) for s in smooth]
        axes.fill_between(steps, upper, [y - n for y in upper], color=colors[before], alpha=0.4)
        axes.text(0.02, upper[0] - n / 2, n)
        left[before] += n
        right[now] += n


def retention_curve(figure, chart):
    axes = figure.add_subplot()
    points = chart["points"]
    x, y = [p["satisfaction"] for p in points], [p["share"] for p in points]
    low = [p["share"] - p["interval"][0] for p in points]
    high = [p["interval"][1] - p["share"] for p in points]
    zones = chart["zones"]
    axes.axvspan(0, zones["indifference_from"] - 0.5, color="#F8E2C6")
    axes.axvspan(zones["affection_from"] - 0.5, 10.5, color=TINT)
    axes.plot(x, [p["smoothed"] for p in points], color=SLATE)
    axes.errorbar(x, y, yerr=[low, high], fmt="o", color=ACCENT, capsize=6)
    for p in points:
        axes.annotate(f"{p['share']:.0%}", (p["satisfaction"], p["interval"][1]), ha="center")
    axes.set_xticks(x, [f"{p['satisfaction']}\n{p['n']}" for p in points])


def cohorts(figure, chart):
    axes = figure.add_subplot()
    rows = chart["cohorts"]
    ages = max(len(row["shares"]) for row in rows)
    image = [known(row["shares"] + [None] * (ages - len(row["shares"]))) for row in rows]
    axes.imshow(image, cmap="Blues", aspect="auto", vmin=0, vmax=1)
    for y, row in enumerate(image):
        for x, share in enumerate(row):
            if share == share:
                axes.text(x, y, f"{share:.0%}", ha="center", va="center")
    axes.set_yticks(range(len(rows)), [f"{row['acquired']} {row['customers']}" for row in rows])


def value_classes(figure, chart):
    grid = figure.subplots(1, 3)
    cells = [chart[word] for word in "abcd"]
    for axes, measure in zip(grid, ["customers", "revenue", "profit"]):
        values = [cell[measure] for cell in cells]
        bars = axes.barh(["A", "B", "C", "D"], values, color=SLATE)
        axes.bar_label(bars, [f"{value:,.0f}" for value in values])
        axes.invert_yaxis()
        axes.set_title(measure, loc="left")


def value_pyramid(figure, chart):
    grid = figure.subplots(1, 3)
    tiers, names = chart["tiers"], ["Most valuable", "Most growable", "Others", "Below zero"]
    for axes, measure in zip(grid, ["customers", "revenue", "profit"]):
        values = [tier[measure] for tier in tiers]
        left = [-value / 2 for value in values] if measure == "customers" else None
        bars = axes.barh(names, values, left=left, color=[ACCENT, "#7BAAD4", SLATE, CONTRAST])
        axes.bar_label(bars, [f"{value:,.0f}" for value in values])
        axes.invert_yaxis()


def pareto(figure, chart):
    left, right = figure.subplots(1, 2)
    x = [1 - x for x, _ in reversed(chart["lorenz"])]
    y = [1 - y for _, y in reversed(chart["lorenz"])]
    left.fill_between(x, y, color=TINT)
    left.plot(x, y, color=ACCENT)
    left.plot([0, 1], [0, 1], "--", color=SLATE)
    left.plot([0.2], [chart["top_fifth"]], "o", color=ACCENT)
    left.annotate(f"20% bring {chart['top_fifth']:.1%}", (0.2, chart["top_fifth"]))
    x, y = zip(*chart["whale"])
    right.fill_between(x, y, color=TINT)
    right.plot(x, y, color=ACCENT)
    right.axhline(y[-1], linestyle="--", color=SLATE)
    right.annotate(f"{max(y):,.0f}", (x[y.index(max(y))], max(y)))


def complaint_iceberg(figure, chart):
    left, right = figure.subplots(1, 2)
    stages = [stage or 0 for stage in chart["stages"]]
    water = 1 - (stages[1] / stages[0]) ** 0.5
    left.fill([0, 1, 0.5 + (1 - water) / 2, 0.5 - (1 - water) / 2], [0, 0, water, water], color=ACCENT)
    left.fill([0.5 - (1 - water) / 2, 0.5 + (1 - water) / 2, 0.5], [water, water, 1], color=CONTRAST)
    left.axhline(water)
    left.text(0.5, 0.3, f"{stages[0] - stages[1]} said nothing", ha="center", color="white")
    bars = right.barh(["Dissatisfied", "Complained", "Acknowledged", "Resolved", "Kept"], stages, color=SLATE)
    right.bar_label(bars, [f"{stage} · {stage / stages[0]:.1%}" for stage in stages])
    right.invert_yaxis()


def linkage(figure, chart):
    axes = figure.subplots()
    own = [unit["own"] for unit in chart["units"]]
    customers = [unit["customers"] for unit in chart["units"]]
    axes.plot(own, customers, "o", color=ACCENT)
    middle = (sum(own) / len(own), sum(customers) / len(customers))
    axes.axline(middle, slope=chart["line"]["slope"], color=ACCENT)
    axes.set_xlabel(chart["own"])
    axes.set_ylabel(chart["customers"])
    for unit in chart["units"]:
        axes.annotate(unit["name"], (unit["own"], unit["customers"]))


DRAWINGS = {
    "IndexTrend": index_trend,
    "Segments": segments,
    "Nps": nps,
    "Drivers": drivers,
    "ImportancePerformance": importance_performance,
    "StructuralModel": structural_model,
    "LoyaltyMatrix": loyalty_matrix,
    "Transitions": transitions,
    "RetentionCurve": retention_curve,
    "Cohorts": cohorts,
    "ValueClasses": value_classes,
    "ValuePyramid": value_pyramid,
    "Pareto": pareto,
    "ComplaintIceberg": complaint_iceberg,
    "Linkage": linkage,
}


def draw(chart):
    figure = plt.figure(figsize=(16, 9), dpi=100)
    subject = chart["subject"]
    figure.suptitle(f"{chart['kind']}\n{subject['quarter']} · {subject['segment']}", x=0.05, ha="left")
    figure.text(0.05, 0.02, f"Rapport · {subject['quarter']} · revision {subject['revision']}")
    DRAWINGS[chart["kind"]](figure, chart)
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        charts = json.load(file)
    times = {}
    for chart in charts:
        draw(chart)
        least = float("inf")
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            draw(chart)
            least = min(least, time.perf_counter() - begun)
        times[chart["kind"]] = least * 1000
    print(json.dumps(times))


main()
