// Starts the program, runs the test files, and last the canary.
//   node run.mjs [pattern]      e.g. walks/alert, screens, headers
// Prints «browser: N passed, N failed» and ends with 1 when anything failed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binary, start } from './lib/program.mjs';
import { ROOT } from './lib/run.mjs';

const here = import.meta.dirname;
const pattern = process.argv[2] ?? '';
const found = ['.', 'walks'].flatMap((f) => fs.readdirSync(path.join(here, f)).filter((n) => n.endsWith('.test.mjs')).map((n) => path.join(f, n)));
const files = found.filter((f) => f.includes(pattern) && f !== 'canary.test.mjs');
// Whatever was typed before, the canary looks for it; without a pattern it is the last of all.
const last = found.filter((f) => f === 'canary.test.mjs' && (pattern === '' || 'canary.test.mjs'.includes(pattern)));
if (pattern && last.length && !files.length) files.push('walks/alert.test.mjs');
if (!files.length) {
  console.error(`no test file's name contains «${pattern}». There are: ${found.join(', ')}`);
  process.exit(1);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ceiba-browser.'));
let program, passed = 0, failed = 0;

/** Runs files with node's own runner and adds up what it counts. */
function run(list, concurrency) {
  const tap = path.join(folder, `${list.length}-${Date.now()}.tap`);
  const args = ['--test', `--test-concurrency=${concurrency}`, '--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${tap}`, ...list];
  const env = { ...process.env, CEIBA_URL: program.url, CEIBA_RUN: folder, CEIBA_ALL: pattern === '' ? '1' : '' };
  return new Promise((done) => spawn(process.execPath, args, { cwd: here, env, stdio: ['ignore', 'inherit', 'inherit'] }).once('exit', (code) => {
    const report = fs.readFileSync(tap, 'utf8');
    const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
    passed += count('pass');
    failed += count('fail') + count('cancelled');
    if (code !== 0 && count('fail') + count('cancelled') === 0) failed += 1;
    done();
  }));
}

// Stopped from outside, nothing is left running.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await program?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });
}

try {
  program = await start(binary(ROOT), folder);
  await run(files, 3);
  if (last.length) await run(last, 1);
} catch (error) {
  console.error(error.message);
  failed += 1;
} finally {
  await program?.stop();
}
console.log(`browser: ${passed} passed, ${failed} failed`);
if (failed && !process.env.CI) console.log(`log, data and requests of this run: ${folder}`);
else fs.rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
