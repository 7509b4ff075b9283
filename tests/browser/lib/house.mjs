// The house M1 in tests. Files run at the same time, and no two may count on one bed: what a file means to use, it claims.
import fs from 'node:fs';
import { send } from './page.mjs';
import { folder } from './run.mjs';

/** The beds that the page of an arrival offers. */
export const offered = (page) => page.locator('form[action="/casa/recibir"] [name=bed] option').evaluateAll((all) => all.map((o) => o.value).filter((v) => v && v !== 'none'));

const mine = new Set();

/** Whether a bed is this file's from now on. */
function claimed(bed) {
  if (mine.has(bed)) return true;
  fs.mkdirSync(folder('beds'), { recursive: true });
  try {
    fs.writeFileSync(folder('beds', bed), '', { flag: 'wx' });
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  return Boolean(mine.add(bed));
}

/** Beds for this file alone, of those on the page of an arrival: the first `n` that `fits`. */
export async function claim(page, n = 1, fits = () => true) {
  const beds = [];
  for (const bed of (await offered(page)).filter(fits)) {
    if (beds.length < n && claimed(bed)) beds.push(bed);
  }
  if (beds.length < n) throw new Error(`only ${beds.length} of ${n} beds are free for this test`);
  return beds;
}

/** Two beds of one room, and a third elsewhere. */
export async function claimRoom(page) {
  const beds = await offered(page);
  for (const one of beds.filter((b) => b.endsWith('A'))) {
    const pair = [one, one.replace('A', 'B')];
    if (beds.includes(pair[1]) && pair.every(claimed)) return [...pair, ...(await claim(page, 1, (b) => b[0] !== one[0]))];
  }
  throw new Error('no room has two beds that are free for this test');
}

/** She leaves the house; whatever of this file's beds is free then is anybody's again. */
export async function depart(page, code) {
  await page.goto(`/casa/${code}`);
  await send(page, '/sale', { hours: '0' }, { button: 'leave-planned' });
  await release(page);
}

/** Whatever of this file's beds is free now is anybody's again. */
export async function release(page) {
  await page.goto('/casa/recibir');
  for (const bed of (await offered(page)).filter((b) => mine.delete(b))) fs.rmSync(folder('beds', bed));
}
