// The command: what it takes, what it says, and its exit status (0: done, 1: it could not be done, 2: asked wrongly).

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build, catalog, check, DouiError, inline, recipients, ShopFileError, types } from "../index.js";
import { compressed } from "./compress.js";
import { policyOf } from "./csp.js";
import { init } from "./init.js";
import { mark } from "./mark.js";
import { report } from "./report.js";
import { serve } from "./serve.js";
import { pathOf } from "./folder.js";
import { UserError, writeFolder } from "./write.js";

const HELP = `doui: a consent and cookie-preference manager for online shops

  doui init [FILE]               write a first shop file (shop.json); asks what it needs to know
  doui check [FILE]              check a shop file
  doui build [FILE] [--out DIR]  build the folder that the shop serves at /doui/ (dist)
  doui build --inline [FILE] [--out FILE] [--more-languages]
                                 or one block to paste into a head (doui-inline.html), where no file can be uploaded
  doui serve [FILE] [--port N]   see it: the centre, and a page with your purposes
  doui types [FILE] [--out FILE] TypeScript types with the names of your purposes and services
  doui report [FILE…]            how many consent, from the log of the report; without a file, from what is piped in
  doui catalog                   list the services whose facts doui knows
  doui mark FILES... [--write]   mark the tags of services in HTML and templates; shows a diff first
  doui csp [FILE]                print a Content-Security-Policy for the hosts of the services

  --name TEXT, --contact TEXT, --language TAG, --purpose ID, --service ID
             with init, instead of questions; the last three may be given more than once
  --json     with check: findings as JSON; with report: figures as JSON
  --svg      with report: a picture of the days
  --write    with mark: write the files
  --shop FILE  with mark: the shop file (shop.json)
  --allow NAMES  with csp: the purposes that are allowed, as in ads,traffic; none without it
  --help     this
  --version  the version
`;

/** Asked wrongly. */
class UsageError extends Error {}

/** @param {string} file */
const read = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch (failure) {
    const why = failure.code == "ENOENT" ? "there is no such file" : failure.message;
    throw new UserError(`${file} cannot be read: ${why}. Name the shop file, as in: npx doui check shop.json`);
  }
};

/** @param {string} file @param {string} text */
const write = (file, text) => {
  try {
    writeFileSync(file, text);
  } catch (failure) {
    const why = failure.code == "EISDIR" ? "it is a folder; name a file" : failure.message;
    throw new UserError(`${file} cannot be written: ${why}`);
  }
};

/** @param {string} file the shop file @param {string} out @param {boolean} [moreLanguages] */
const buildInline = async (file, out, moreLanguages) => {
  const text = read(file);
  const block = await inline(text, { file, moreLanguages });
  write(out, block);
  const { br } = await compressed(Buffer.from(block));
  console.log(
    `${out} is written: one block of ${block.length} bytes, ASCII alone, ${br.length} bytes as brotli sends it. Paste it first into the <head> of each page.`,
  );
  const shop = JSON.parse(text);
  if (shop.centre !== false) console.log("A block has no preference centre: the banner's own settings hold every choice.");
  if (!shop.contact?.policy) console.log(`The banner links to no privacy policy: say its address as contact.policy in ${file}.`);
  const left = (!moreLanguages && shop.more_languages) || [];
  if (left.length) console.log(`Left out are ${left.join(", ")} (more_languages); --more-languages puts them in.`);
};

/** @type {Record<string, { options: import("node:util").ParseArgsConfig["options"], most: number, run: (given: any, files: string[]) => Promise<number | void> }>} */
const COMMANDS = {
  init: {
    options: {
      name: { type: "string" },
      contact: { type: "string" },
      language: { type: "string", multiple: true },
      purpose: { type: "string", multiple: true },
      service: { type: "string", multiple: true },
    },
    most: 1,
    run: async (flags, [file = "shop.json"]) => init(file, flags),
  },
  check: {
    options: { json: { type: "boolean" } },
    most: 1,
    run: async ({ json }, [file = "shop.json"]) => {
      const report = await check(read(file), { file });
      if (json) {
        const { ok, findings, notes } = report;
        console.log(JSON.stringify({ ok, findings, notes }, null, 2));
      } else {
        (report.ok ? console.log : console.error)(report.text);
      }
      return report.ok ? 0 : 1;
    },
  },
  build: {
    options: { out: { type: "string" }, inline: { type: "boolean" }, "more-languages": { type: "boolean" } },
    most: 1,
    run: async ({ out, inline: isInline, "more-languages": moreLanguages }, [file = "shop.json"]) => {
      if (isInline) return buildInline(file, out ?? "doui-inline.html", moreLanguages);
      if (moreLanguages) throw new UsageError("--more-languages is for --inline: dist/ has them as files");
      out ??= "dist";
      const files = await build(read(file), { file });
      writeFolder(out, files);
      const script = files.get("doui.js.br")?.length;
      console.log(`${out}: ${files.size} files; doui.js is ${script} bytes as brotli sends it. Serve the folder at ${pathOf(files)}.`);
    },
  },
  serve: {
    options: { port: { type: "string" } },
    most: 1,
    run: async ({ port }, [file = "shop.json"]) => {
      if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new UsageError(`--port ${port}: a port is a number up to 65535`);
      read(file);
      await serve(file, { port: port === undefined ? undefined : Number(port) });
    },
  },
  types: {
    options: { out: { type: "string" } },
    most: 1,
    run: async ({ out }, [file = "shop.json"]) => {
      const text = await types(read(file), { file });
      if (out === undefined) return process.stdout.write(text), 0;
      write(out, text);
      console.log(`${out} is written.`);
    },
  },
  report: {
    options: { json: { type: "boolean" }, svg: { type: "boolean" } },
    most: Infinity,
    run: async (flags, files) => report(files, flags),
  },
  mark: {
    options: { write: { type: "boolean", default: false }, shop: { type: "string", default: "shop.json" } },
    most: Infinity,
    run: async ({ write, shop }, files) => {
      if (!files[0]) throw new UsageError("mark needs files, as in: npx doui mark index.html");
      await mark(read(shop), files, { shopFile: shop, write, say: console.log });
    },
  },
  csp: {
    options: { allow: { type: "string", default: "" } },
    most: 1,
    run: async ({ allow }, [file = "shop.json"]) => {
      const services = (await recipients(read(file), { file })).filter(({ declared }) => declared);
      const names = allow.split(/[\s,]+/).filter(Boolean);
      const known = new Set(services.flatMap(({ condition }) => [condition, condition.split("/")[0]]));
      const unknown = names.find((name) => !known.has(name));
      if (unknown !== undefined) throw new UserError(`--allow ${unknown}: no service waits for it; there are ${[...known].join(", ")}`);
      console.log(`Content-Security-Policy: ${policyOf(services, names)}`);
    },
  },
  catalog: { options: {}, most: 0, run: async () => console.log(await catalog()) },
};

const version = () => JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

/** @param {string[]} given */
const start = async ([name, ...rest]) => {
  if (!name || name == "--help" || name == "-h" || name == "help") return console.log(HELP);
  if (name == "--version") return console.log(version());
  const command = Object.hasOwn(COMMANDS, name) && COMMANDS[name];
  if (!command) throw new UsageError(`there is no command "${name}"`);
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options: { ...command.options, help: { type: "boolean" } }, allowPositionals: true });
  } catch (failure) {
    throw new UsageError(failure.message);
  }
  if (parsed.values.help) return console.log(HELP);
  if (parsed.positionals.length > command.most) throw new UsageError(`"${parsed.positionals[command.most]}" is one file too many`);
  return command.run(parsed.values, parsed.positionals);
};

/** Runs the command and sets the exit status. @param {string[]} given */
export const run = async (given) => {
  try {
    process.exitCode = (await start(given)) ?? 0;
  } catch (failure) {
    if (failure instanceof UsageError) {
      console.error(`doui: ${failure.message}\n\n${HELP}`);
      process.exitCode = 2;
    } else if (failure instanceof ShopFileError) {
      console.error(failure.message);
      process.exitCode = 1;
    } else if (failure instanceof UserError || failure instanceof DouiError) {
      console.error(`doui: ${failure.message}`);
      process.exitCode = 1;
    } else {
      throw failure;
    }
  }
};
