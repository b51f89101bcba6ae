// The rules of doui.js, as its modules have them, on tests/vectors.json: no browser, no build. Called with the folder of the
// modules, the file of the vectors, the stamp of one shop (`cargo xtask stamp --data`) and the shop's name. Says what
// differs, or how many vectors held, as JSON.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, vectors, stamp, shop] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const groups = read(vectors);

// What the build puts in the place of DOUI_STAMP and of each WITH_…: free names of the modules are found here.
// The vectors of languages are of shops of their own.
Object.assign(globalThis, read(stamp), { WITH_CHINESE: true });
const load = (name) => import(pathToFileURL(`${folder}/${name}.js`));
const { toCookie, toRecord } = await load("grammar");
const { settle } = await load("settle");
const { decide, choose } = await load("decide");
const { partsOf, holds } = await load("condition");
const { consentOf } = await load("consent");
const { languageOf } = await load("language");
const { domainsOf, mustGo, ownDomain, pathsOf } = await load("names");

// ---- How the modules are called: all that is to change here when an export changes ----

/** From what a browser holds: { _decision, _history, _isNew, _writesCookie, _writesRecord }. */
const settled = ({ cookie, record, now }) => settle(cookie == null ? [] : [cookie], record, now);

/** How things stand: { _choices, _services, _asked }, by name. */
const view = (found, { now, gpc }) => decide(found, now, gpc, false);

/** The decision that a save makes, if it decides anything. */
const made = (state, { now, save: { changes, by, lang } }) => choose(state, (name) => changes[name], now, by, lang);

const record = (decision, history) => toRecord(decision, history);
const opens = (condition, allowed) => holds(condition, (name) => allowed.includes(name));
const goes = (declared, refused, name) =>
  mustGo(
    declared.map(({ name, condition }) => ({ _name: name, _keeps: condition })),
    name,
    (condition) => refused.includes(condition),
  );
const domainAt = (host, domain) => ownDomain(host, domain ?? "") || null;

/** Where the shop has none of them, it is its first. */
const languageAmong = (there, wanted) => {
  const found = languageOf(["none", ...there], wanted);
  return found == "none" ? null : found;
};

// ---- What each group of vectors says ----

const kept = (found, vector) => ({
  cookie: found._writesCookie ? toCookie(found._decision) : vector.cookie,
  record: found._writesRecord ? record(found._decision, found._history) : vector.record,
});

const check = {
  decisions(vector) {
    const { expect } = vector;
    const found = settled(vector);
    const state = view(found, vector);
    const { _choices: choices, _services: services, _asked: asked } = state;
    const inForce = state._decision ?? {};
    assert.deepEqual(
      {
        allowed: Object.keys(choices).filter((id) => choices[id]).sort(),
        services: { ...services },
        asked: Object.keys(asked).sort(),
        decidedAt: inForce.at ?? null,
        revision: inForce.revision ?? null,
      },
      {
        allowed: [...expect.allowed].sort(),
        services: expect.services ?? {},
        asked: Object.keys(expect.ask).sort(),
        decidedAt: expect.decidedAt,
        revision: expect.revision,
      },
      "the state",
    );
    const healed = kept(found, vector);
    assert.deepEqual(healed, vector.kept, "what is kept after healing");
    if (!vector.save) return;
    const decision = made(state, vector);
    const { _history } = settled({ ...healed, now: vector.now });
    const saved = { cookie: toCookie(decision), record: record(decision, _history) };
    assert.deepEqual(saved, vector.saved, "what is saved");
  },
  conditions({ known, allowed, cases }) {
    for (const { condition, opens: expected, unknown } of cases) {
      const about = JSON.stringify(condition);
      assert.equal(opens(condition, allowed), expected, about);
      const names = partsOf(condition).map((part) => part.replace(/^!/, ""));
      assert.deepEqual(names.filter((name) => !known.includes(name)), unknown, about);
    }
  },
  names({ declared, refused, goes: all, stays }) {
    for (const name of all) assert.equal(goes(declared, refused, name), true, `${name} stays`);
    for (const name of stays) assert.equal(goes(declared, refused, name), false, `${name} goes`);
  },
  places({ host, path, domains, paths }) {
    assert.deepEqual(domainsOf(host), domains);
    assert.deepEqual(pathsOf(path), paths);
  },
  "cookie domains"({ host, domain, written }) {
    assert.equal(domainAt(host, domain), written, `${domain} on ${host}`);
  },
  consent(vector) {
    const { _standings } = view(settled({ record: null, ...vector }), vector);
    const allows = (name) => name == "necessary" || !!_standings[name];
    assert.deepEqual({ ...consentOf((need) => holds(need, allows)) }, vector.consent);
  },
  languages({ there, wanted, found }) {
    assert.equal(languageAmong(there, wanted), found, `${wanted} of ${there}`);
  },
};

const held = {};
for (const [group, list] of Object.entries(groups)) {
  assert.ok(check[group], `tests/pure/vectors.mjs does not know the group ${group}`);
  // Of a shop's vectors, those of the shop whose stamp this is; what concerns no shop, each time.
  const mine = list.filter((vector) => (vector.shop ?? shop) === shop);
  for (const vector of mine) {
    try {
      check[group](vector);
    } catch (error) {
      console.error(`${group}, ${vector.name ?? JSON.stringify(vector)}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  held[group] = mine.length;
}
console.log(JSON.stringify(held));
