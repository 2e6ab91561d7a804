// A server of its own for journeys that restart it, with a database of its own.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const binary = process.env.ORIENTIR_BINARY ?? join(root, "target/debug/orientir");
export const builtSite = process.env.ORIENTIR_SITE ?? join(root, "target/site");

/** Starts `orientir serve` and waits until it answers; `log` gives what it has printed so far. */
export async function serve({ port, data, site, demo = true }) {
  const address = `http://127.0.0.1:${port}`;
  const database = `sqlite:${join(data, "own.sqlite")}`;
  const words = ["serve", "--listen", `127.0.0.1:${port}`, "--database", database, "--site", site];
  const child = spawn(binary, demo ? [...words, "--demo"] : words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, RUST_LOG: "warn" },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      printed += text;
    });
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const until = Date.now() + 180_000;
  for (;;) {
    const answers = await fetch(`${address}/api/v1/health`).then(({ ok }) => ok, () => false);
    if (answers) break;
    if (Date.now() > until || child.exitCode !== null) throw new Error("the server does not start");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  /** Ends it as a power cut does. */
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { address, kill, log: () => printed };
}

/** A directory that is removed with `forget`. */
export async function place() {
  const directory = await mkdtemp(join(tmpdir(), "orientir-own-"));
  return { directory, forget: () => rm(directory, { recursive: true, force: true }) };
}

/** A copy of the built site that is another version: its shell carries a mark, its worker the hash of that. */
export async function newVersion(site, to, mark) {
  await cp(site, to, { recursive: true });
  const shell = join(to, "app.html");
  const html = (await readFile(shell, "utf8")).replace("<html ", `<html data-version="${mark}" `);
  await writeFile(shell, html);
  const worker = join(to, "sw.js");
  const hash = createHash("sha256").update(html).digest("hex");
  const script = (await readFile(worker, "utf8"))
    .replace(/("\/app\.html",\s*")[0-9a-f]{64}/, `$1${hash}`)
    .replace(/const VERSION = "[^"]*"/, `const VERSION = "${hash.slice(0, 12)}"`);
  await writeFile(worker, script);
  // Compressed copies would still be the old ones.
  await Promise.all(["app.html", "sw.js"].flatMap((name) => [".br", ".gz"].map((end) => rm(join(to, name + end), { force: true }))));
}
