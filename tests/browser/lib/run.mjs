// What the runner (run.mjs) hands to every test file, and what the test files leave for the canary.
import fs from 'node:fs';
import path from 'node:path';

/** Repository root. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

const need = (name) => process.env[name] ?? (() => { throw new Error(`${name} is not set: start tests with ./test browser [pattern]`); })();

/** Where the program listens: http://127.0.0.1:PORT */
export const url = () => need('CEIBA_URL');
/** Folder of this run: data/, program.log, visited.jsonl, canaries.jsonl */
export const folder = (...names) => path.join(need('CEIBA_RUN'), ...names);

/** Adds a line to a file of the run. Appending a short line is atomic: test files run at the same time. */
export function note(file, value) {
  fs.appendFileSync(folder(file), `${JSON.stringify(value)}\n`);
}

/** The lines of a file of the run. */
export function noted(file) {
  if (!fs.existsSync(folder(file))) return [];
  return fs.readFileSync(folder(file), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** Waits until something was sent that fits, and gives it. */
export async function sent(fits, seconds = 60) {
  for (const begun = Date.now(); ;) {
    const found = noted('sent.jsonl').filter(fits);
    if (found.length) return found.at(-1);
    if (Date.now() - begun > seconds * 1000) throw new Error(`nothing of the kind was sent in ${seconds} s`);
    await new Promise((go) => setTimeout(go, 200));
  }
}

/** A word that exists nowhere else, for what anybody may read: the name of a public office. */
export const unique = (what) => `zq${what.replace(/[^a-z]/g, '')}${Math.random().toString(36).slice(2, 10)}${Math.random().toString(36).slice(2, 6)}`;

/** A word that exists nowhere else. The canary test looks for it in everything the program leaves behind. */
export function canary(what) {
  const token = unique(what);
  note('canaries.jsonl', { what, token });
  return token;
}
