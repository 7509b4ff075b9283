// Screenshots for the README, in Spanish, from a running demonstration:
//   target/debug/ceiba demo --port 8080 &   then   node shots.mjs [http://127.0.0.1:8080]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

process.env.CEIBA_URL = process.argv[2] ?? 'http://127.0.0.1:8080';
process.env.CEIBA_RUN = fs.mkdtempSync(path.join(os.tmpdir(), 'ceiba-shots.'));
const { as, done, visitor } = await import('./lib/browser.mjs');
const { discover, pathOf } = await import('./lib/screens.mjs');

const SHOTS = [
  ['inicio', 'nobody', '/', 1280], ['aviso', 'nobody', '/aviso?quien=teacher', 360], ['hoy', 'lucia', '/hoy', 1280],
  ['avisos', 'lucia', '/avisos', 360], ['expediente', 'lucia', '/casos/{luz}', 1280], ['expediente-telefono', 'lucia', '/casos/{luz}', 360],
  ['plan', 'lucia', '/casos/{luz}/plan', 360],
  ['mi-plan', 'luz', '/mi-plan', 360], ['datos', 'sofia', '/datos?meses=36', 1280],
];
const folder = path.resolve(import.meta.dirname, '../../docs/shots');
fs.mkdirSync(folder, { recursive: true });
try {
  const { at } = await discover();
  for (const [name, who, where, width] of SHOTS) {
    const options = { width, height: width < 600 ? 740 : 800, colorScheme: 'light' };
    const v = who === 'nobody' ? await visitor(options) : await as(who, options);
    await v.page.goto(pathOf({ path: where }, at));
    const file = path.join(folder, `${name}.png`);
    await v.page.screenshot({ path: file });
    console.log(`${name}.png  ${(fs.statSync(file).size / 1024).toFixed(0)} kB`);
    await v.close();
  }
} finally {
  await done();
  fs.rmSync(process.env.CEIBA_RUN, { recursive: true, force: true });
}
