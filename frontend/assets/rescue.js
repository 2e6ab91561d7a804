// Seals the answers that leave a tablet as a file: AES-256-GCM under a password, so that a lost file tells nothing.

const KIND = "orientir-rescue-sealed";
// OWASP Password Storage Cheat Sheet (2023): PBKDF2-HMAC-SHA256 with 600,000 rounds.
const ROUNDS = 600_000;

const bytesOf = (text) => new TextEncoder().encode(text);
const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

async function key(password, salt, rounds) {
  const secret = await crypto.subtle.importKey("raw", bytesOf(password.normalize("NFC").trim()), "PBKDF2", false, ["deriveKey"]);
  const method = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(method, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** The file for a text. */
export async function seal(text, password) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(password, salt, ROUNDS), bytesOf(text));
  const content = toText(new Uint8Array(sealed));
  return JSON.stringify({ kind: KIND, rounds: ROUNDS, salt: toText(salt), iv: toText(iv), content });
}

/** The text of a file; `false` when the password is not the one, nothing when it is no file of ours. */
export async function unseal(file, password) {
  let parts;
  try {
    const { kind, rounds, salt, iv, content } = JSON.parse(file);
    if (kind !== KIND || !(rounds > 0 && rounds <= 10 * ROUNDS)) return undefined;
    parts = { rounds, salt: toBytes(salt), iv: toBytes(iv), content: toBytes(content) };
  } catch {
    return undefined;
  }
  try {
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: parts.iv }, await key(password, parts.salt, parts.rounds), parts.content);
    return new TextDecoder().decode(opened);
  } catch {
    return false;
  }
}
