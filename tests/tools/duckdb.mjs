// Runs SQL that is piped in with DuckDB, and prints what the tables that are named hold, as JSON.

import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const database = await DuckDBInstance.create(":memory:");
const connection = await database.connect();
for (const statement of readFileSync(0, "utf8").split(/;\s*\n/)) if (statement.trim()) await connection.run(statement);
const told = {};
for (const table of process.argv.slice(2)) {
  const read = await connection.runAndReadAll(`SELECT * FROM ${table}`);
  told[table] = read.getRowObjectsJson();
}
console.log(JSON.stringify(told, (_, value) => (/^\d+$/.test(value) ? Number(value) : value)));
