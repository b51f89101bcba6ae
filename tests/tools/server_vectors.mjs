// Plays the vectors that a server can: those of decisions without a record. Called with the file of the vectors and the folder
// of the shops' terms.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createReader } from "doui/server";

const [vectors, terms] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const readers = new Map();
const readerOf = (shop) => {
  if (!readers.has(shop)) readers.set(shop, createReader(read(`${terms}/${shop}.json`)));
  return readers.get(shop);
};

let held = 0;
for (const { name, shop, now, gpc, cookie, record, expect } of read(vectors).decisions) {
  if (record !== null || (cookie ?? "").includes(";")) continue;
  const header = cookie === null ? "" : `other=1; doui=${cookie}; more=2`;
  const { state, setCookie } = readerOf(shop).read(header, { gpc, now });
  assert.deepEqual(
    {
      allowed: Object.keys(state.choices).filter((id) => state.choices[id]).sort(),
      services: state.services ?? {},
      undecided: [...state.undecided].sort(),
      decidedAt: state.decidedAt,
      revision: state.revision,
    },
    {
      allowed: [...expect.allowed].sort(),
      services: expect.services ?? {},
      undecided: Object.keys(expect.ask).sort(),
      decidedAt: expect.decidedAt,
      revision: expect.revision,
    },
    name,
  );
  assert.equal(setCookie === null, state.decidedAt === null, name);
  if (setCookie) assert.ok(setCookie.startsWith(`doui=${cookie}; Path=/; SameSite=Lax; Max-Age=`), `${name}: ${setCookie}`);
  held++;
}
assert.ok(held > 50, `only ${held} vectors were of servers`);
console.log(`${held} vectors held`);
