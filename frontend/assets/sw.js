// Keeps the application on the device. The build writes the version and the files with their hashes.
//
// Rules: everything under /api/ goes to the network untouched; a version is whole or not there; a new version
// answers for pages only when somebody asked for it, or when no page is open and nothing waits to be sent.
"use strict";

const VERSION = "{version}";
const FILES = {files};

const CACHE = `orientir-${VERSION}`;
const STATE = "orientir-state";
const SHELL = "/app.html";

/** Notes that outlive the worker: the version in force, whether something waits, which pages fill in a form. */
const note = (key, text) => caches.open(STATE).then((state) => state.put(`/${key}`, new Response(text)));
const forget = (key) => caches.open(STATE).then((state) => state.delete(`/${key}`));
const noted = async (key) => (await (await caches.open(STATE)).match(`/${key}`))?.text();

/** Must the version in force go on: do answers wait, or does another page fill in a form? */
async function holds(asking) {
  if (await noted("waiting")) return true;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = await Promise.all(pages.filter(({ id }) => id !== asking).map(({ id }) => noted(`open-${id}`)));
  return open.some(Boolean);
}

async function hash(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Every file, from an earlier version when its hash is the same; nothing is kept when one is wrong. */
async function install() {
  const cache = await caches.open(CACHE);
  for (const [path, expected] of FILES) {
    const known = path.startsWith("/pkg/") ? await caches.match(path) : undefined;
    const response = known ?? (await fetch(path, { cache: "no-cache" }));
    if (!response.ok || (await hash(response)) !== expected) {
      await caches.delete(CACHE);
      throw new Error(`${path} is not the file of version ${VERSION}`);
    }
    await cache.put(path, response);
  }
}

/** This version answers from now on; the others are forgotten. */
async function begin() {
  await note("version", VERSION);
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE && name !== STATE).map((name) => caches.delete(name)));
}

async function activate() {
  const before = await noted("version");
  // A browser activates by itself when the last page is closed; answers that wait keep their version.
  if (!before || !(await caches.has(`orientir-${before}`)) || !(await holds())) await begin();
  await self.clients.claim();
}

/** The cache of the version in force. A new one begins with a fresh page when nothing holds the old one. */
async function current(fresh) {
  const version = (await noted("version")) ?? VERSION;
  if (version === VERSION) return caches.open(CACHE);
  if (fresh) {
    const pages = await self.clients.matchAll({ type: "window" });
    if (pages.length <= 1 && !(await holds(pages[0]?.id))) {
      await begin();
      return caches.open(CACHE);
    }
  }
  return caches.open((await caches.has(`orientir-${version}`)) ? `orientir-${version}` : CACHE);
}

async function shell(request) {
  const kept = await (await current(true)).match(SHELL);
  return kept ?? fetch(request);
}

/** A file of the version in force; one that was not kept beforehand is kept once it was asked for. */
async function file(request) {
  const { pathname } = new URL(request.url);
  const isNamedByHash = pathname.startsWith("/pkg/");
  const cache = await current(false);
  const kept = (await cache.match(pathname)) ?? (isNamedByHash ? await caches.match(pathname) : undefined);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && isNamedByHash) await cache.put(pathname, response.clone());
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  const { data, source } = event;
  const open = `open-${source?.id}`;
  const heard = {
    waiting: () => note("waiting", "1"),
    sent: () => forget("waiting"),
    open: () => note(open, "1"),
    closed: () => forget(open),
    begin: async () => ((await holds(source?.id)) ? source?.postMessage("held") : self.skipWaiting()),
  }[data];
  if (heard) event.waitUntil(heard());
});

const KEPT = new Set(FILES.map(([path]) => path));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    if (url.pathname === "/app" || url.pathname.startsWith("/app/")) event.respondWith(shell(request));
    return;
  }
  if (KEPT.has(url.pathname) || url.pathname.startsWith("/pkg/")) event.respondWith(file(request));
});
