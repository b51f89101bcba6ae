#!/usr/bin/env node
// Written for any Node, so that an old one gets a sentence instead of a syntax error.

var major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  console.error("doui needs Node.js 20 or newer; this is " + process.version + ". Install it from https://nodejs.org, then try again.");
  process.exitCode = 1;
} else {
  import("../lib/command.js").then(function (command) {
    return command.run(process.argv.slice(2));
  });
}
