// Holds the template to what Google Tag Manager asks of one, and runs its own tests. Says what it found as JSON.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import YAML from "yaml";
import { readTemplate } from "./template.mjs";
import "./sandbox.js";

const [folder] = process.argv.slice(2);
const sections = readTemplate(`${folder}/template.tpl`);
const info = JSON.parse(sections.INFO);
const parameters = JSON.parse(sections.TEMPLATE_PARAMETERS);
const permissions = JSON.parse(sections.WEB_PERMISSIONS);
const code = sections.SANDBOXED_JS_FOR_WEB_TEMPLATE;

// ---- What it says of itself ----

assert.equal(info.type, "TAG");
assert.equal(info.id, "cvt_temp_public_id");
assert.deepEqual(info.containerContexts, ["WEB"]);
assert.match(sections.TERMS_OF_SERVICE.replace(/\s+/g, " "), /^By creating or modifying this file you agree to Google Tag Manager's Community Template Gallery Developer Terms of Service available at https:\/\/developers\.google\.com\/tag-manager\/gallery-tos /);
const metadata = YAML.parse(readFileSync(`${folder}/metadata.yaml`, "utf8"));
assert.ok(Array.isArray(metadata.versions) && metadata.versions.every((one) => /^[0-9a-f]{40}$/.test(one.sha) && one.changeNotes));
assert.match(readFileSync(`${folder}/LICENSE`, "utf8"), /Apache License\s+Version 2\.0/);

// ---- The language of the sandbox: ES5.1, arrow functions, const and let ----

const FORBIDDEN = new Set(["ThisExpression", "NewExpression", "ClassDeclaration", "TemplateLiteral", "SpreadElement", "ObjectPattern", "ArrayPattern", "RestElement", "AssignmentPattern", "AwaitExpression", "YieldExpression", "ForOfStatement"]);
const apis = new Set();
const used = new Set();
const walk = (node) => {
  if (!node || typeof node.type != "string") return;
  assert.ok(!FORBIDDEN.has(node.type) && !node.regex, `the sandbox has no ${node.regex ? "patterns" : node.type}`);
  if (node.type == "CallExpression" && node.callee.name == "require") apis.add(node.arguments[0].value);
  if (node.type == "Identifier") used.add(node.name);
  for (const part of Object.values(node)) [part].flat().forEach(walk);
};
walk(parse(code, { ecmaVersion: 2015, sourceType: "script", allowReturnOutsideFunction: true }));
for (const name of ["window", "document", "eval", "globalThis", "Object", "Math", "JSON"]) assert.ok(!used.has(name), `${name} is not there in the sandbox`);
const names = new Set(parameters.map((one) => one.name));
for (const [, name] of code.matchAll(/\bdata\.(\w+)/g)) assert.ok(names.has(name) || name.startsWith("gtmOn"), `no parameter ${name}`);
for (const name of names) assert.match(code, new RegExp(`\\bdata\\.${name}\\b`), `the parameter ${name} is not used`);

// ---- Each permission is needed, and each that is needed is there ----

const NEEDS = {
  callInWindow: "access_globals",
  copyFromWindow: "access_globals",
  createQueue: "access_globals",
  getUrl: "get_url",
  gtagSet: "write_data_layer",
  injectScript: "inject_script",
  logToConsole: "logging",
  setDefaultConsentState: "access_consent",
  templateStorage: "access_template_storage",
  updateConsentState: "access_consent",
};
const needed = new Set([...apis].map((name) => NEEDS[name]).filter(Boolean));
assert.deepEqual([...needed].sort(), permissions.map((one) => one.instance.key.publicId).sort());
const keys = permissions.find((one) => one.instance.key.publicId == "access_globals").instance.param[0].value.listItem;
const RIGHTS = { copyFromWindow: "read", callInWindow: "execute", createQueue: "read write" };
const asked = [...code.matchAll(/\b(copyFromWindow|callInWindow|createQueue)\('([^']+)'/g)].map(([, api, key]) => `${key}: ${RIGHTS[api]}`);
const granted = keys.map(({ mapKey, mapValue }) => {
  const rights = mapKey.map((key, at) => key.string != "key" && mapValue[at].boolean && key.string).filter(Boolean);
  return `${mapValue[0].string}: ${rights.join(" ")}`;
});
assert.deepEqual([...new Set(asked)].sort(), granted.sort());

// ---- Its own tests ----

const { scenarios, setup } = YAML.parse(sections.TESTS);
const failed = [];
for (const { name, code: scenario } of scenarios) {
  const mocks = {};
  const calls = [];
  const ends = { gtmOnSuccess: () => void calls.push(["gtmOnSuccess"]), gtmOnFailure: () => void calls.push(["gtmOnFailure"]) };
  const require = globalThis.makeSandbox({}, permissions, mocks, calls);
  const of = (api) => calls.filter(([called]) => called == api).map(([, ...values]) => values);
  const is = (one, other) => {
    try {
      return assert.deepEqual(one, other), true;
    } catch {
      return false;
    }
  };
  const tools = {
    mock: (api, value) => void (mocks[api] = value),
    mockObject: (api, value) => void (mocks[api] = value),
    runCode: (data) => globalThis.runTemplate(code, { ...data, ...ends }, require),
    assertApi: (api) => ({
      wasCalled: () => assert.ok(of(api).length, `${api} was not called`),
      wasNotCalled: () => assert.deepEqual(of(api), [], `${api} was called`),
      wasCalledWith: (...values) => assert.ok(of(api).some((one) => is(one, values)), `${api} was called with ${JSON.stringify(of(api))}`),
    }),
    assertThat: (value) => ({ isEqualTo: (other) => assert.deepEqual(value, other) }),
  };
  try {
    new Function("require", ...Object.keys(tools), `${setup}\n${scenario}`)(require, ...Object.values(tools));
  } catch (error) {
    failed.push(`${name}: ${error.message}`);
  }
}
assert.deepEqual(failed, []);
console.log(JSON.stringify({ scenarios: scenarios.length, apis: [...apis].sort() }));
