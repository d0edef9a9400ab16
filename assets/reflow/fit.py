#!/usr/bin/env python3
"""Fits the trees of `src/text/reflow/forest.txt` on what `cargo run --release --example line_ends` printed.

    pip install lightgbm numpy
    python fit.py ENDS.tsv [FOREST.txt]

The trees start from the evidence and correct it; line ends of which the evidence is sure are left out. Without a second
path nothing is written: what the trees would get right on the same ends is told.
"""
import math
import sys

import lightgbm
import numpy

# More than where reflow asks the trees (`SURE` in decide.rs), so that they know what lies beyond.
SURE = 7
# What no reader could decide teaches little.
UNDECIDABLE = 0.3
TREES = 120
SHAPE = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.1,
    "min_data_in_leaf": 200,
    "lambda_l2": 5,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 2,
    "seed": 1,
    "verbose": -1,
}


def read(path):
    with open(path, encoding="utf-8") as file:
        names = file.readline().rstrip("\n").split("\t")
        rows = numpy.loadtxt(file, delimiter="\t", dtype="f4")
    return names[3:], rows


def written(node):
    """A tree in prefix order, as forest.rs reads it."""
    if "leaf_value" in node:
        return f"{node['leaf_value']:.3g}"
    assert node["decision_type"] == "<="
    most = math.floor(node["threshold"])
    return f"{node['split_feature']}:{most} {written(node['left_child'])} {written(node['right_child'])}"


def main():
    path, *to = sys.argv[1:]
    names, rows = read(path)
    rows = rows[numpy.abs(rows[:, 2]) < SURE]
    breaks, undecidable, evidence, measures = rows[:, 0], rows[:, 1], rows[:, 2], numpy.ascontiguousarray(rows[:, 3:])
    weights = numpy.where(undecidable > 0, UNDECIDABLE, 1.0)
    data = lightgbm.Dataset(measures, breaks, weight=weights, init_score=evidence)
    trees = lightgbm.train(SHAPE, data, TREES)
    before = ((evidence > 0) == (breaks > 0)).mean()
    after = ((evidence + trees.predict(measures, raw_score=True) > 0) == (breaks > 0)).mean()
    print(f"of {len(rows)} doubtful line ends {before:.2%} right by the evidence, {after:.2%} with the trees")
    if to:
        with open(to[0], "w", encoding="utf-8") as file:
            file.writelines(f"# {name}\n" for name in names)
            for tree in trees.dump_model()["tree_info"]:
                file.write(written(tree["tree_structure"]) + "\n")


if __name__ == "__main__":
    main()
