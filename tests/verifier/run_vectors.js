// Runs the page's verifier on every vector and prints the findings as JSON, in the order of the index.
const fs = require("fs"), path = require("path");
const { verify } = require("../../src/gongdi/verifier/verify.js");
const folder = process.argv[2];
(async () => {
  const found = [];
  for (const { file, key, receipts } of JSON.parse(fs.readFileSync(path.join(folder, "index.json"), "utf8"))) {
    found.push(await verify(fs.readFileSync(path.join(folder, file), "utf8"), { key, receipts }));
  }
  process.stdout.write(JSON.stringify(found));
})();
