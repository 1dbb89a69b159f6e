"""Draws the curves of docs/curves from the results of `bench tina` and the logs of the shipped trainings.

    sudo apt-get install python3-matplotlib
    python3 docs/curves/draw.py
"""

import csv
import pathlib
import re

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
RESULTS = (ROOT / "benchmarks/results/tina-amd-epyc-zen5-2-cores.md").read_text()
NUMBER = r"([\d.]+) ± ([\d.]+) share(?: \(≥ ([\d.]+)\))?"

plt.rcParams.update({
    "figure.figsize": (6, 3.6), "svg.fonttype": "none", "svg.hashsalt": "curves", "font.size": 10,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.alpha": 0.3, "lines.markersize": 4,
    "savefig.facecolor": "white",
})


def rows(pattern):
    """The groups of all rows of the results that match, and value, standard error and target."""
    found = re.findall(rf"^.{{5}}{pattern} +{NUMBER}", RESULTS, re.MULTILINE)
    if not found:
        raise SystemExit(f"The results have no row like '{pattern}'.")
    return found


def curve(pattern, label, style, **more):
    """One curve over the numbers that the pattern captures, in percent."""
    points = sorted((float(row[0].replace(",", "")), 100 * float(row[1]), 100 * float(row[2])) for row in rows(pattern))
    x, y, error = zip(*points)
    plt.errorbar(x, y, error, fmt=style, label=label, capsize=2, **more)


def save(name, title, x, y, legend=True):
    """Ends a picture."""
    plt.title(title)
    plt.xlabel(x)
    plt.ylabel(y)
    if legend:
        plt.legend(frameon=False)
    plt.tight_layout()
    plt.savefig(HERE / f"{name}.svg", metadata={"Date": None})
    plt.close()


def log(name):
    """The lines of a training's log."""
    with open(ROOT / "checkpoints" / f"{name}.log.csv", newline="") as file:
        return list(csv.DictReader(file))


def column(lines, name):
    return [float(line[name]) for line in lines if line[name]]


def class_counts():
    found = rows(r"(\d+) classes, Tina, p-Acc / classifier selection")
    counts = [int(row[0]) for row in found]
    plt.errorbar(counts, [100 * float(r[1]) for r in found], [100 * float(r[2]) for r in found], fmt="o-", capsize=2,
                 label="generated from class names")
    plt.plot(counts, [100 * float(row[3]) for row in found], "s--", label="classifier selection")
    plt.plot(counts, [100 / count for count in counts], ":", color="grey", label="chance")
    plt.xscale("log")
    plt.xticks(counts, counts)
    plt.minorticks_off()
    save("class-counts", "One checkpoint, 2 to 50 classes of CIFAR-100", "classes of a task", "accuracy, %")


def unseen():
    for encoder, label, colour in (("CLIP", "CLIP's vectors", "C0"), ("own encoder", "our encoder", "C1")):
        curve(rf"{encoder}, (\d+) % unseen, p-Acc", f"generated, {label}", "o-", color=colour)
        curve(rf"{encoder}, (\d+) % unseen, ridge map, p-Acc", f"ridge map, {label}", "s--", color=colour, alpha=0.7)
    curve(r"own encoder, (\d+) % unseen, TAPER-Mixer, p-Acc", "TAPER-Mixer, our encoder", "^:", color="C2")
    plt.plot([0, 20, 40, 60, 100], [62.5, 55.4, 49.2, 42.8, 30.9], "x-", color="grey", label="the paper's Tina")
    save("unseen-classes", "Tasks of ten classes, some of them unseen", "unseen classes of a task, %", "accuracy, %")


def scaling():
    curve(r"width (\d+), 3,000 steps \(figure 4a\), p-Acc", "a token per class, through the classifiers' loss", "o-")
    curve(r"paper's layout, width (\d+), 4,000 steps \(figure 4a\), p-Acc", "the paper's layout and objective", "s-")
    plt.xscale("log", base=2)
    widths = [32, 64, 128, 256, 512]
    plt.xticks(widths, widths)
    plt.minorticks_off()
    save("widths", "Generators of several widths", "width of a token", "accuracy, %")


def trainings():
    lines = log("images")
    plt.plot(column(lines, "step"), [100 * a for a in column(lines, "accuracy")],
             label="generated, 20 tasks of ten classes")
    plt.axhline(61.9, ls="--", color="grey", label="classifier selection")
    plt.axvline(30_000, ls=":", color="grey")
    save("training-images", "Training of the image generator: names, then all prompts", "step", "accuracy, %")

    lines = log("tabular")
    plt.plot([t / 1000 for t in column(lines, "tables")], column(lines, "validation loss"))
    save("training-tabular", "Training of the table generator", "thousand tables", "loss on synthetic tables", False)

    lines = log("text-encoder")
    for name, label in (("stsb spearman", "STS-B, Spearman"), ("found first", "glosses found first of 1,000")):
        plt.plot(column(lines, "step"), column(lines, name), label=label)
    save("training-text-encoder", "Training of the text encoder", "step", "share")


if __name__ == "__main__":
    class_counts()
    trainings()
    unseen()
    scaling()
