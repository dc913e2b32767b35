"""Prices a data set of deals on Apache Spark: every partition goes through `dealdesk batch -`.

    price.py deals.csv prices.parquet --price-book pricing.toml --check

Input and output are Parquet where the name ends so, and CSV otherwise; either may be a folder.
Rows that cannot be priced are in OUTPUT.errors, a folder of CSV, as partition,row,id,error.
Ends as `dealdesk batch` does: 0; 1 if some rows could not be priced; 3 or 4 with --max-approval.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile

from pyspark import AccumulatorParam, SparkFiles, StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

PRICES = ("id string, list_unit string, net_unit string, annual string, tcv string, discount string, "
          "approval string")
ERRORS = "partition int, row long, error string"
# No currency has more than four decimals, and no discount has.
EXACT = {name: "decimal(38,4)" for name in ("list_unit", "net_unit", "annual", "tcv", "discount")}

# CSV as RFC 4180 has it: a quotation mark is doubled, a field may hold commas and line breaks.
RFC_4180 = {"quote": '"', "escape": '"'}
READ = {**RFC_4180, "header": True, "enforceSchema": False, "multiLine": True}
WRITE = {**RFC_4180, "nullValue": "", "emptyValue": "", "ignoreLeadingWhiteSpace": False,
         "ignoreTrailingWhiteSpace": False}
BROKEN = "_corrupt_record"


def main():
    words = argparse.ArgumentParser(description=__doc__,
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("input")
    words.add_argument("output", help="a folder that is not there yet")
    words.add_argument("--price-book", required=True, help="the same for every executor")
    words.add_argument("--dealdesk", default="target/release/dealdesk", help="the program")
    words.add_argument("--max-approval", metavar="LEVEL")
    words.add_argument("--lines", action="store_true",
                       help="no field has a line break: Spark may cut a CSV file into partitions")
    words.add_argument("--check", action="store_true",
                       help="price everything once more in one process, and compare")
    args = words.parse_args()

    # Without a master from spark-submit: executors on this machine, one for each core.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("dealdesk").getOrCreate()
    context = spark.sparkContext
    context.setLogLevel("ERROR")
    # The program and the book travel with the job, so that every executor has the same ones.
    context.addFile(args.dealdesk)
    context.addFile(args.price_book)
    limit = ["--max-approval", args.max_approval] if args.max_approval else []
    program, book = os.path.basename(args.dealdesk), os.path.basename(args.price_book)
    codes = context.accumulator(frozenset(), Codes())

    def command():
        return [SparkFiles.get(program), "batch", "-", "--input-format", "csv", "--output", "-",
                "--threads", "1", "--price-book", SparkFiles.get(book), *limit]

    header, lines = deals(spark, args.input, args.lines)
    rows = lines.rdd.mapPartitionsWithIndex(
        lambda place, part: priced(place, part, header, command(), codes))
    # Prices and errors are both written from it, and nothing is to be priced twice.
    rows = spark.createDataFrame(rows, f"{PRICES}, {ERRORS}", verifySchema=False)
    rows = rows.persist(StorageLevel.DISK_ONLY)
    prices = rows.where("error is null").drop("partition", "row", "error")
    errors = rows.where("error is not null").select("partition", "row", "id", "error")
    if is_parquet(args.output):
        exact(prices).write.parquet(args.output)
    else:
        prices.write.csv(args.output, header=True, **WRITE)
    failed = errors.count()
    if failed:
        errors.write.csv(f"{args.output}.errors", header=True, **WRITE)
    print(f"{prices.count()} rows priced in {rows.rdd.getNumPartitions()} partitions, {failed} failed")

    is_same = not args.check or check(spark, args, header, lines, errors, command())
    ended = 1 if 1 in codes.value or not is_same else max(codes.value, default=0)
    spark.stop()
    return ended


def is_parquet(path):
    return path.rstrip("/").endswith(".parquet")


def exact(prices):
    columns = (F.col(name).cast(EXACT.get(name, "string")).alias(name) for name in prices.columns)
    return prices.select(*columns)


def deals(spark, path, lines):
    """The header of a data set, and a CSV line for each of its rows."""
    if is_parquet(path):
        frame, broken = spark.read.parquet(path), None
        for name, kind in frame.dtypes:
            if kind in ("float", "double"):
                sys.exit(f"{path}: {name} is binary and so not exact: make it DECIMAL or text")
    else:
        # Everything is text, as it is written. A row that is no row of CSV goes to dealdesk as it
        # stands, which says what is wrong with it.
        schema = spark.read.csv(path, **READ).schema.add(BROKEN, "string")
        options = {**READ, "multiLine": not lines, "columnNameOfCorruptRecord": BROKEN}
        frame = spark.read.csv(path, schema=schema, **options)
        broken = F.col(BROKEN)
    names = [name for name in frame.columns if name != BROKEN]
    fields = F.struct(*(F.col(f"`{name}`").cast("string").alias(name) for name in names))
    line = F.to_csv(fields, {name: str(value) for name, value in WRITE.items()})
    header = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    return header, frame.select((line if broken is None else F.coalesce(broken, line)).alias("line"))


class Codes(AccumulatorParam):
    """Exit codes: a set, so that a task that is run again adds nothing."""

    def zero(self, _):
        return frozenset()

    def addInPlace(self, some, more):
        return some | more


def priced(place, part, header, command, codes):
    """The rows of a partition, priced by one process: figures, or where a row is and its error."""
    with tempfile.TemporaryDirectory() as folder:
        given = 0
        with open(f"{folder}/deals.csv", "w", encoding="utf-8", newline="") as deals:
            deals.write(header + "\n")
            for given, row in enumerate(part, 1):
                deals.write(row.line + "\n")
        if not given:
            return
        with open(f"{folder}/deals.csv", "rb") as deals, open(f"{folder}/said", "w+b") as said:
            process = subprocess.Popen([*command, "--errors", f"{folder}/errors.csv"], stdin=deals,
                                       stdout=subprocess.PIPE, stderr=said, encoding="utf-8")
            count = 0
            figures = csv.reader(process.stdout)
            next(figures, None)
            for count, row in enumerate(figures, 1):
                yield *row, None, None, None
            code = process.wait()
            failed = 0
            if os.path.exists(f"{folder}/errors.csv"):
                with open(f"{folder}/errors.csv", encoding="utf-8", newline="") as errors:
                    for failed, row in enumerate(csv.DictReader(errors), 1):
                        yield row["id"], *[None] * 6, place, int(row["row"]), row["error"]
            # 1 with errors is rows that could not be priced, 3 and 4 are rows above --max-approval.
            # Those are answers. Anything else, or a row without an answer, fails the job.
            if code not in (0, 3, 4) and not (code == 1 and failed) or count + failed < given:
                said.seek(0)
                told = said.read().decode("utf-8", "replace")
                raise RuntimeError(f"dealdesk ended with {code}, {count + failed} of {given} rows\n{told}")
            codes.add(frozenset([code]))


def check(spark, args, header, lines, errors, command):
    """Whether one process on one machine says the same of every row."""
    with tempfile.TemporaryDirectory() as folder:
        deals, prices, faults = (f"{folder}/{name}.csv" for name in ("deals", "prices", "errors"))
        if os.path.isfile(args.input) and not is_parquet(args.input):
            deals = os.path.abspath(args.input)
        else:
            with open(deals, "w", encoding="utf-8", newline="") as file:
                file.write(header + "\n")
                file.writelines(row.line + "\n" for row in lines.toLocalIterator())
        with open(deals, "rb") as file, open(prices, "wb") as priced:
            subprocess.run([*command, "--errors", faults], stdin=file, stdout=priced,
                           stderr=subprocess.DEVNULL)
        written = spark.read.parquet(args.output) if is_parquet(args.output) else (
            spark.read.csv(args.output, schema=PRICES, **READ))
        alone = spark.read.csv(prices, schema=PRICES, **READ)
        is_same = same("rows", exact(alone), exact(written))
        if os.path.exists(faults):
            alone = spark.read.csv(faults, schema="row long, id string, error string", **READ)
            return same("errors", alone.select("id", "error"), errors.select("id", "error")) and is_same
        return is_same and errors.isEmpty()


def same(what, alone, spread):
    """Compares two data sets in which the order of rows says nothing."""
    missing, added = alone.exceptAll(spread).count(), spread.exceptAll(alone).count()
    is_same = not missing and not added
    print(f"{what}: {alone.count()} from one process, {spread.count()} from Spark, "
          f"{'the same' if is_same else f'{missing} missing, {added} that should not be'}")
    return is_same


if __name__ == "__main__":
    sys.exit(main())
