"""The plain part of `orientir analyze` in pandas and in Polars, for `cargo xtask bench analyze`.

Per subject: mean score and number of works of each school, z of the school's mean in a funnel with additive
over-dispersion (method of moments), and for each school and item the two-sided binomial z-test of its completion rate
against the other schools'. No calibration, no similarity, no boundaries, no context: about a tenth of what the engine does.
"""

import resource
import sys
import time


def finish(name, started, schools, tests):
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}\t{seconds:.1f}\t{peak}\t{schools}\t{tests}", flush=True)


def with_pandas(path):
    import numpy
    import pandas

    started = time.perf_counter()
    table = pandas.read_csv(path)
    items = [name for name in table.columns if name.startswith("item:")]
    most = numpy.array([int(name.rsplit(":", 1)[1]) for name in items])
    table["score"] = table[items].sum(axis=1)
    groups = table.groupby(["subject", "school"])
    schools = groups["score"].agg(["mean", "count", "var"]).reset_index()
    points = groups[items].sum().to_numpy() / most
    tests = 0
    for subject, part in schools.groupby("subject"):
        n = part["count"].to_numpy()
        within = (part["var"] * (n - 1)).sum() / (n - 1).sum()
        residual = part["mean"].to_numpy() - numpy.average(part["mean"], weights=n)
        tau2 = max(0.0, residual.var() - (within / n).mean())
        z = residual / numpy.sqrt(within / n + tau2)
        own = points[part.index]
        rate, rest = own / n[:, None], (own.sum(0) - own) / (n.sum() - n)[:, None]
        item_z = (rate - rest) / numpy.sqrt(rest * (1 - rest) / n[:, None] + 1e-12)
        tests += numpy.isfinite(z).sum() + numpy.isfinite(item_z).sum()
    finish("pandas", started, len(schools), tests)


def with_polars(path):
    import polars

    started = time.perf_counter()
    table = polars.scan_csv(path)
    items = [name for name in table.collect_schema().names() if name.startswith("item:")]
    most = {name: int(name.rsplit(":", 1)[1]) for name in items}
    schools = (
        table.with_columns(polars.sum_horizontal(items).alias("score"))
        .group_by("subject", "school")
        .agg(
            polars.col("score").mean().alias("mean"),
            polars.col("score").var().alias("var"),
            polars.len().cast(polars.Float64).alias("n"),
            *[(polars.col(name).sum() / most[name]).alias(name) for name in items],
        )
        .with_columns(
            ((polars.col("var") * (polars.col("n") - 1)).sum() / (polars.col("n") - 1).sum())
            .over("subject")
            .alias("within"),
            (
                polars.col("mean")
                - (polars.col("mean") * polars.col("n")).sum().over("subject")
                / polars.col("n").sum().over("subject")
            ).alias("residual"),
        )
        .with_columns(
            (polars.col("residual").var() - (polars.col("within") / polars.col("n")).mean())
            .clip(lower_bound=0.0)
            .over("subject")
            .alias("tau2")
        )
        .with_columns(
            (
                polars.col("residual")
                / (polars.col("within") / polars.col("n") + polars.col("tau2")).sqrt()
            ).alias("z")
        )
        .collect(engine="streaming")
    )
    rest = [
        (
            (polars.col(name).sum().over("subject") - polars.col(name))
            / (polars.col("n").sum().over("subject") - polars.col("n"))
        ).alias("rest " + name)
        for name in items
    ]
    schools = schools.with_columns(rest).with_columns(
        (
            (polars.col(name) / polars.col("n") - polars.col("rest " + name))
            / (
                polars.col("rest " + name) * (1 - polars.col("rest " + name)) / polars.col("n")
                + 1e-12
            ).sqrt()
        ).alias("z " + name)
        for name in items
    )
    finish("polars", started, schools.height, schools.height * (1 + len(items)))


if __name__ == "__main__":
    {"pandas": with_pandas, "polars": with_polars}[sys.argv[1]](sys.argv[2])
