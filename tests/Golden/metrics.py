"""Golden figures of classification metrics, computed by scikit-learn, written to metrics.json.

    sudo apt-get install python3-sklearn
    python3 tests/Golden/metrics.py

Probabilities are float32 values. Every case draws from a generator seeded by its own name, so that a new case leaves
the others as they are. Figures that are undefined (a class without rows, or that is never predicted) are null, where
scikit-learn would put 0.
"""
import json
import pathlib
import zlib

import numpy as np
import sklearn
from sklearn import metrics


def draw(name, rows, classes, present, skill, step=None):
    """Labels among the present classes, and probabilities; rounded to multiples of `step`, so that there are ties."""
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    labels = generator.choice(present, rows)
    logits = generator.normal(size=(rows, classes))
    logits[np.arange(rows), labels] += skill
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    if step:
        probabilities = np.maximum(np.round(probabilities / step), 1)
        probabilities /= probabilities.sum(axis=1, keepdims=True)
    return labels, probabilities.astype(np.float32)


def auc(labels, probabilities):
    present = np.unique(labels)
    if len(present) < 2:
        return None
    classes = probabilities.shape[1]
    if classes == 2:
        return metrics.roc_auc_score(labels, probabilities[:, 1])
    # Only the classes that have rows take part; scikit-learn wants the columns of just these, summing to one, so it is
    # asked pair by pair.
    areas = []
    for i in present:
        for j in present[present > i]:
            pair = (labels == i) | (labels == j)
            areas.append(metrics.roc_auc_score(labels[pair] == i, probabilities[pair, i]))
            areas.append(metrics.roc_auc_score(labels[pair] == j, probabilities[pair, j]))
    if len(present) == classes:
        whole = metrics.roc_auc_score(labels, probabilities.astype(np.float64), multi_class="ovo", average="macro")
        assert abs(np.mean(areas) - whole) < 1e-12
    return float(np.mean(areas))


def auc_one_versus_rest(labels, probabilities):
    present = np.unique(labels)
    if len(present) < 2:
        return None
    classes = probabilities.shape[1]
    if classes == 2:
        return metrics.roc_auc_score(labels, probabilities[:, 1])
    area = np.mean([metrics.roc_auc_score(labels == c, probabilities[:, c]) for c in present])
    if len(present) == classes:
        whole = metrics.roc_auc_score(labels, probabilities.astype(np.float64), multi_class="ovr", average="macro")
        assert abs(area - whole) < 1e-12
    return float(area)


def case(name, rows, classes, present=None, skill=1.0, step=None):
    labels, probabilities = draw(name, rows, classes, present or range(classes), skill, step)
    predicted = probabilities.argmax(axis=1)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        labels, predicted, labels=range(classes), zero_division=0)
    confusion = metrics.confusion_matrix(labels, predicted, labels=range(classes))
    taken = confusion.sum(axis=0)
    return {
        "name": name,
        "classes": classes,
        "labels": labels.tolist(),
        "probabilities": probabilities.astype(np.float64).ravel().tolist(),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "log_loss": metrics.log_loss(labels, probabilities, labels=range(classes), eps=1e-15),
        "auc": auc(labels, probabilities),
        "auc_one_versus_rest": auc_one_versus_rest(labels, probabilities),
        "precision": [p if t else None for p, t in zip(precision, taken)],
        "recall": [r if s else None for r, s in zip(recall, support)],
        "f1": [f if s + t else None for f, s, t in zip(f1, support, taken)],
        "support": support.tolist(),
        "confusion": confusion.tolist(),
    }


cases = [
    case("two classes", 60, 2),
    case("two classes with ties", 60, 2, step=0.25),
    case("one class of two", 9, 2, present=[1]),
    case("five classes", 80, 5),
    case("five classes with ties", 80, 5, step=0.2),
    case("classes without rows", 40, 6, present=[0, 2, 5]),
    case("two classes of four", 30, 4, present=[1, 3]),
    case("no skill", 70, 3, skill=0),
]
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(json.dumps({"source": "metrics.py", "sklearn": sklearn.__version__, "cases": cases}, indent=0) + "\n")
print(f"{len(cases)} cases, {path.stat().st_size} bytes")
