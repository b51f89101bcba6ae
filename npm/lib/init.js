// `doui init`: a first shop file, from questions or from flags.

import { existsSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { check, services as known } from "../index.js";
import { UserError } from "./write.js";

/** The purposes that come with texts. */
const PURPOSES = ["auth", "ads", "traffic", "affiliate", "preferences", "media", "chat"];

/** `"a, b"` and `["a", "b"]` alike. @param {string[] | string | undefined} given */
const list = (given) =>
  [given ?? []]
    .flat()
    .flatMap((one) => one.split(/[\s,、]+/))
    .filter(Boolean);

/** Where a visitor can ask: an e-mail address, a page, or a telephone number. @param {string} text */
const contactOf = (text) => {
  if (/^https:\/\//.test(text)) return { form: text };
  if (text.includes("@")) return { email: text };
  return { phone: text };
};

/** What the questions and flags found, as a shop file of a few lines. */
const textOf = ({ name, languages, contact, day, purposes, services }) => {
  const line = (key, value) => `  ${JSON.stringify(key)}: ${JSON.stringify(value).replaceAll('":', '": ').replaceAll(",", ", ")}`;
  return `{\n${[
    line("$schema", "dist/shop.schema.json"),
    line("name", name),
    line("languages", languages),
    line("revision", day),
    line("contact", contact),
    line("purposes", purposes),
    line("services", services),
  ].join(",\n")}\n}\n`;
};

/** Asks until there is an answer that `read` takes. */
const asker = () => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ask = async (question, fallback, read = (text) => text) => {
    for (;;) {
      const text = (await terminal.question(`${question}${fallback ? ` [${fallback}]` : ""}: `)).trim() || fallback || "";
      try {
        if (text) return read(text);
      } catch (failure) {
        console.log(failure.message);
      }
    }
  };
  return { ask, close: () => terminal.close() };
};

/**
 * Writes a first shop file.
 * @param {string} file
 * @param {{ name?: string, language?: string[], contact?: string, purpose?: string[], service?: string[] }} flags
 */
export const init = async (file, flags) => {
  if (existsSync(file)) throw new UserError(`${file} is already there, and stays as it is. Name another file, as in: npx doui init new.json`);
  const catalog = await known();
  const ids = catalog.map(({ id }) => id);
  const purposesOf = (services) => {
    const used = services.map((id) => catalog.find((service) => service.id == id)?.purpose);
    return PURPOSES.filter((id) => used.includes(id));
  };
  const among = (what, all) => (text) => {
    const asked = text == "none" ? [] : list(text);
    const unknown = asked.filter((id) => !all.includes(id));
    if (unknown.length) throw new UserError(`unknown ${what}: ${unknown.join(", ")}. There are: ${all.join(", ")}`);
    return asked;
  };
  const readServices = among("service", ids);
  const readPurposes = among("purpose", PURPOSES);

  const isAsking = process.stdin.isTTY && process.stdout.isTTY;
  let { name, contact } = flags;
  let languages = list(flags.language);
  let services = flags.service && readServices(list(flags.service).join(" ") || "none");
  let purposes = flags.purpose && readPurposes(list(flags.purpose).join(" ") || "none");
  if (isAsking && !(name && contact)) {
    const { ask, close } = asker();
    try {
      name ??= await ask("The shop's name");
      if (!languages.length) languages = list(await ask("Its languages, the usual one first", "ja en"));
      contact ??= await ask("Where visitors can ask about their data: an e-mail address, a telephone number or the https:// address of a form");
      if (!services) {
        console.log(`\nServices that Doui knows:\n${catalog.map(({ id, label }) => `  ${id.padEnd(28)} ${label.en ?? label.ja}`).join("\n")}\n`);
        services = await ask("Which of them the shop uses, by their ids", "none", readServices);
      }
      purposes ??= await ask(`What visitors are asked about (${PURPOSES.join(", ")})`, purposesOf(services).join(" ") || "traffic", readPurposes);
    } finally {
      close();
    }
  }
  const missing = Object.entries({ "--name": name, "--contact": contact }).filter(([, value]) => !value);
  if (missing.length) {
    const flagsToGive = missing.map(([flag]) => flag).join(" and ");
    throw new UserError(
      `without a terminal, ${flagsToGive} must be given, as in: npx doui init --name "Yotsuyu Books" --contact desk@shop.example --service google-analytics`,
    );
  }
  services ??= [];
  const needed = purposesOf(services);
  purposes ??= needed.length ? needed : ["traffic"];
  if (!purposes.length) throw new UserError(`a shop asks about one purpose at least: give --purpose. There are: ${PURPOSES.join(", ")}`);
  for (const id of needed) if (!purposes.includes(id)) purposes.push(id);
  const text = textOf({
    name,
    languages: languages.length ? languages : ["ja", "en"],
    contact: contactOf(contact),
    day: new Date().toISOString().slice(0, 10),
    purposes,
    services,
  });
  const report = await check(text, { file });
  if (!report.ok) throw new UserError(`${file} was not written, for it would have faults:\n${report.text}`);
  try {
    // Another may have been written meanwhile.
    writeFileSync(file, text, { flag: "wx" });
  } catch (failure) {
    throw new UserError(`${file} cannot be written: ${failure.message}`);
  }
  console.log(`${file} is written. Next: npx doui serve ${file == "shop.json" ? "" : file}`.trimEnd());
};
