// Last of all: nothing that was typed is anywhere where it must not be. Every walk typed words that exist nowhere
// else; here they are looked for in the log, in all addresses and headers, and in the raw bytes of the data folder.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { as, done } from './lib/browser.mjs';
import { folder, noted } from './lib/run.mjs';

after(done);
let canaries, code;
before(async () => {
  canaries = noted('canaries.jsonl');
  const lucia = await as('lucia');
  await lucia.page.goto('/casos');
  code = /C-[0-9A-Z]{5}/.exec(await lucia.page.locator('main table').innerText())[0];
  await lucia.close();
});

const files = (dir) => fs.readdirSync(dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => path.join(f.parentPath ?? f.path, f.name));
/** A word as it may be written. */
const spellings = (word) => [Buffer.from(word), Buffer.from(word, 'utf16le'), Buffer.from(Buffer.from(word).toString('hex')), ...[0, 1, 2].map((n) => Buffer.from(Buffer.from('\0'.repeat(n) + word).toString('base64').slice(n ? 4 : 0, -4)))];
const has = (bytes, word) => spellings(word).some((s) => s.length > 6 && bytes.includes(s));
function* found(bytes, where) {
  for (const { what, token } of canaries) if (has(bytes, token)) yield `${what} (${token}) in ${where}`;
}

test('there is something to look for', () => {
  assert.ok(canaries.length >= (process.env.CEIBA_ALL ? 60 : 5), `${canaries.length} canaries`);
});

test('the control: a code that is meant to be plain is found, as are words in every spelling', () => {
  assert.ok(files(folder('data')).some((f) => has(fs.readFileSync(f), code)), `${code} is not in the database: the search does not work`);
  for (const bytes of [Buffer.from('x zqabcdefgh1 x'), Buffer.from('x zqabcdefgh1 x', 'utf16le'), Buffer.from(Buffer.from('x zqabcdefgh1 x').toString('base64'))]) assert.ok(has(bytes, 'zqabcdefgh1'));
});

test('nothing in the data folder', () => {
  const list = files(folder('data'));
  assert.ok(list.some((f) => f.endsWith('.sqlite')), list.join());
  assert.deepEqual(list.flatMap((f) => [...found(fs.readFileSync(f), path.basename(f))]), []);
});

test('nothing in the log of the program, however talkative', () => {
  const log = fs.readFileSync(folder('program.log'));
  assert.ok(log.length > 100, 'there is no log');
  assert.deepEqual([...found(log, 'the log')], []);
});

test('nothing in any byte that was sent', () => {
  const bytes = fs.existsSync(folder('sent.bytes')) ? fs.readFileSync(folder('sent.bytes')) : Buffer.alloc(0);
  if (process.env.CEIBA_ALL) assert.ok(has(bytes, 'Tiene una tarea'), 'nothing was sent: the search does not work');
  assert.deepEqual([...found(bytes, 'a message')], []);
  assert.doesNotMatch(bytes.toString('latin1'), /C-[0-9A-Z]{5}\b/);
});

test('nothing in an address or a header', () => {
  const visited = noted('visited.jsonl');
  assert.ok(visited.length > 20);
  assert.deepEqual([...found(Buffer.from(visited.map((v) => decodeURIComponent(v.url.replace(/%(?![0-9a-f]{2})/gi, '%25'))).join('\n')), 'an address')], []);
  assert.deepEqual([...found(Buffer.from(JSON.stringify(visited.map((v) => v.headers ?? {}))), 'a header')], []);
});

test('no chosen name of a person in the log', () => {
  const log = fs.readFileSync(folder('program.log'), 'utf8');
  for (const name of ['Quetzalí', 'Ejemplita', 'Noexiste', 'D\'Ejemplo']) assert.ok(!log.includes(name), name);
});
