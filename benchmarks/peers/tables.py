"""scikit-learn's classifiers on a table: the peers of the table generator.

Serves one request a line (see README.md):

    {"run": "logistic regression", "data": "adult.csv", "categorical": ["job", ...], "split": "adult-0.csv",
     "out": "probabilities.csv"}

`data` has a column `row`, the number of each row in the original file, the features, and a column `label`; empty
fields are missing. `split` names the part of each row: fit, validation or test. Settings are chosen by fitting to fit
and scoring on validation; the model is then fitted to both. `out` receives one probability per class for each test
row. Features are encoded by what the rows fitted to show.

The reply names `fitSeconds` (with the choice of settings), `predictMicroseconds` per row of the whole test part at
once, both in processor time of the one thread in use, and the settings in `detail`. Debian package: python3-sklearn.
"""
import csv
import os
import time

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import peer

STRENGTHS = [10.0 ** power for power in range(-3, 4)]   # C of logistic regression
TREES = 200


class Table:
    """A data file: numbers and categories in columns of their own, NaN and "" where missing."""

    def __init__(self, path, categorical):
        import numpy as np
        self.path = path
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        columns = dict(zip(header, zip(*rows)))
        self.rows = np.array([int(row) for row in columns.pop("row")])
        self.labels = np.array(columns.pop("label"))
        self.classes = sorted(set(self.labels))
        numbers = [[float(cell or "nan") for cell in cells]
                   for name, cells in columns.items() if name not in categorical]
        categories = [cells for name, cells in columns.items() if name in categorical]
        self.numbers = np.array(numbers).T.reshape(len(rows), -1)
        self.categories = np.array(categories, dtype=object).T.reshape(len(rows), -1)

    def parts(self, path):
        """Row indices of the parts fit, validation and test."""
        with open(path, encoding="utf-8", newline="") as file:
            part_of = {int(line["row"]): line["part"] for line in csv.DictReader(file)}
        part = [part_of.get(row) for row in self.rows]
        return [[i for i, own in enumerate(part) if own == name] for name in ("fit", "validation", "test")]


class OneHot:
    """Numbers standardised, the mean where missing; one column a category, none for one that was not seen."""

    def fit(self, table, rows):
        from sklearn.impute import SimpleImputer
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import OneHotEncoder, StandardScaler
        self.numbers = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
        self.categories = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
        self.parts = [part for part, data in ((self.numbers, table.numbers), (self.categories, table.categories))
                      if data.shape[1] and part.fit(data[rows])]
        return self

    def transform(self, table, rows):
        import numpy as np
        return np.hstack([part.transform((table.numbers if part is self.numbers else table.categories)[rows])
                          for part in self.parts])


class Ordinal:
    """Numbers as they are, NaN where missing; categories numbered, NaN where missing or not seen."""

    def fit(self, table, rows):
        import numpy as np
        from sklearn.preprocessing import OrdinalEncoder
        self.encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        if table.categories.shape[1]:
            self.encoder.fit(table.categories[rows])
        return self

    def transform(self, table, rows):
        import numpy as np
        if not table.categories.shape[1]:
            return table.numbers[rows]
        codes = self.encoder.transform(table.categories[rows])
        codes[table.categories[rows] == ""] = np.nan
        return np.hstack([table.numbers[rows], codes])


def logistic_regression(strength):
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(C=strength, max_iter=2000)


def random_forest(table):
    from sklearn.ensemble import RandomForestClassifier
    return RandomForestClassifier(n_estimators=TREES, n_jobs=1, random_state=0)


def boosting(table):
    from sklearn.ensemble import HistGradientBoostingClassifier
    numbers, categories = table.numbers.shape[1], table.categories.shape[1]
    return HistGradientBoostingClassifier(
        categorical_features=list(range(numbers, numbers + categories)) or None, random_state=0)


def choose_strength(table, fit, validation):
    """The C of least log loss on the validation rows."""
    from sklearn.metrics import log_loss
    encoding = OneHot().fit(table, fit)
    x, y = encoding.transform(table, fit), table.labels[fit]
    loss = {}
    for strength in STRENGTHS:
        model = logistic_regression(strength).fit(x, y)
        probabilities = model.predict_proba(encoding.transform(table, validation))
        known = [label in model.classes_ for label in table.labels[validation]]
        loss[strength] = log_loss(table.labels[validation][known], probabilities[known], labels=model.classes_)
    return min(loss, key=loss.get)


def run(table, method, fit, validation, test):
    """Probabilities of the test rows, the seconds of fitting and predicting, and the settings."""
    import warnings
    import numpy as np
    warnings.filterwarnings("ignore")   # convergence at weak penalties, which are seldom chosen
    start, detail = time.process_time(), ""
    both = sorted(fit + validation)
    if method == "logistic regression":
        strength = choose_strength(table, fit, validation) if validation else 1.0
        encoding, model, detail = OneHot(), logistic_regression(strength), f"C {strength:g}"
    elif method == "random forest":
        encoding, model = OneHot(), random_forest(table)
    elif method == "gradient boosting":
        encoding, model = Ordinal(), boosting(table)
    else:
        raise peer.PeerError(f"there is no method '{method}'")
    encoding.fit(table, both)
    model.fit(encoding.transform(table, both), table.labels[both])
    fitted = time.process_time()
    found = model.predict_proba(encoding.transform(table, test))
    predicted = time.process_time()
    probabilities = np.zeros((len(test), len(table.classes)))
    probabilities[:, [table.classes.index(label) for label in model.classes_]] = found
    return probabilities, fitted - start, (predicted - fitted) / len(test), detail


def main():
    options = peer.arguments(__doc__, repeats=1).parse_args()
    peer.choose_kernels(options.core)
    import sklearn
    import sklearn.linear_model   # loads the libraries before anything is timed
    os.nice(10)
    last = None

    def handle(request):
        nonlocal last
        if last is None or last.path != request["data"]:
            last = Table(request["data"], set(request["categorical"]))
        parts = last.parts(request["split"])
        probabilities, fit, predict, detail = run(last, request["run"], *parts)
        with open(request["out"] + ".new", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["row"] + [f"Probability.{name}" for name in last.classes])
            for index, row in zip(parts[2], probabilities):
                writer.writerow([last.rows[index]] + [f"{p:.9g}" for p in row])
        os.replace(request["out"] + ".new", request["out"])
        return {"run": request["run"], "fitSeconds": fit, "predictMicroseconds": predict * 1e6, "detail": detail,
                "sklearn": sklearn.__version__}

    if not options.serve:
        raise peer.PeerError("this peer answers requests only: --serve")
    peer.serve(handle)


peer.main(main)
