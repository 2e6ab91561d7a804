// Runs the engine as WebAssembly on twenty regions and compares with the number that the server's test holds.
// node app/objectivity/examples/fingerprint/compare.mjs
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const target = "wasm32-unknown-unknown";
const built = execFileSync(
  "cargo",
  ["build", "--release", "-p", "objectivity", "--example", "fingerprint", "--target", target, "--message-format=json"],
  { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 },
);
const file = built
  .toString()
  .split("\n")
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line))
  .flatMap((message) => message.filenames ?? [])
  .find((name) => name.endsWith("fingerprint.wasm"));
const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
const found = `0x${BigInt.asUintN(64, instance.exports.fingerprint()).toString(16).padStart(16, "0")}`;
const test = readFileSync(new URL("../../tests/it/reproducible.rs", import.meta.url), "utf8");
const expected = test.match(/const EXPECTED: u64 = (0x[0-9A-Fa-f_]+);/)[1].replaceAll("_", "").toLowerCase();
console.log(`wasm ${found}, server ${expected}`);
process.exit(found === expected ? 0 : 1);
