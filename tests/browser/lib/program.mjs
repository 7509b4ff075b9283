// Starts the real program once, on a free port, with its data and its log in the folder of the run.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { post } from './post.mjs';

const freePort = () => new Promise((done, fail) => {
  const server = net.createServer();
  server.once('error', fail);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** The program to test: CEIBA_BIN, or what cargo built. */
export function binary(root) {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');
  const bin = process.env.CEIBA_BIN ?? path.join(target, 'debug', 'ceiba');
  if (!fs.existsSync(bin)) throw new Error(`${bin} does not exist: build it with «cargo build -p ceiba», or name one in CEIBA_BIN`);
  return bin;
}

/** Starts `ceiba demo` and waits until it answers. What it sends goes to a mail server and a gateway of this run. */
export async function start(bin, folder) {
  const sinks = await post(folder);
  const port = await freePort();
  const log = fs.openSync(path.join(folder, 'program.log'), 'a');
  // The most talkative log there is: the canary must not be in that one either.
  const env = { ...process.env, CEIBA_LOG: process.env.CEIBA_LOG ?? 'debug', NO_COLOR: '1' };
  const child = spawn(bin, ['demo', '--data', path.join(folder, 'data'), '--port', String(port), '--messages', sinks.file], { stdio: ['ignore', log, log], env });
  let ended;
  child.once('exit', (code) => { ended = code; });
  const url = `http://127.0.0.1:${port}`;
  for (const begun = Date.now(); ;) {
    if (ended !== undefined) throw new Error(`the program ended with ${ended}: see ${folder}/program.log`);
    const answers = await fetch(`${url}/ayuda`).then((r) => r.ok, () => false);
    if (answers) break;
    if (Date.now() - begun > 240_000) throw new Error(`the program did not answer in four minutes: see ${folder}/program.log`);
    await new Promise((go) => setTimeout(go, 100));
  }
  const stop = () => new Promise((done) => {
    sinks.stop();
    if (ended !== undefined) return done();
    child.once('exit', done);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  });
  return { url, stop };
}
