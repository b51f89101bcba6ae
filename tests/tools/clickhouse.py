# Runs the SQL of docs/report.md in ClickHouse within this process, has it read a log, and prints what its tables say.
# python3 clickhouse.py SQL LOG FOLDER

import json
import re
import sys

from chdb import session

sql, log, folder = sys.argv[1:]
database = session.Session(folder)
database.query("CREATE DATABASE shop ENGINE = Atomic")
database.query("USE shop")
for statement in re.split(r";\s*\n", open(sql, encoding="utf-8").read()):
    if statement.strip():
        database.query(statement)
database.query(
    f"INSERT INTO doui_lines SELECT t, q FROM file('{log}', JSONEachRow, 't String, q String') "
    "SETTINGS input_format_allow_errors_ratio = 1"
)
told = {}
for table in ["doui_days", "doui_purposes"]:
    rows = str(database.query(f"SELECT * FROM {table} SETTINGS output_format_json_quote_64bit_integers = 0", "JSONEachRow"))
    told[table] = [json.loads(line) for line in rows.splitlines()]
print(json.dumps(told))
