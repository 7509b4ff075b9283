// The screens that are used most, without a mouse, on a phone and on a desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { as, done, visitor } from './lib/browser.mjs';
import { keyboardWalk } from './lib/checks.mjs';
import { discover, pathOf } from './lib/screens.mjs';

const SCREENS = [
  { who: 'nobody', path: '/aviso?quien=teacher' }, { who: 'nobody', path: '/entrar' },
  { who: 'lucia', path: '/hoy' }, { who: 'lucia', path: '/avisos' }, { who: 'lucia', path: '/avisos/{alert}' },
  { who: 'lucia', path: '/casos' }, { who: 'lucia', path: '/casos/{luz}' }, { who: 'lucia', path: '/casos/{luz}/cronologia' },
  { who: 'lucia', path: '/casos/{luz}/plan' }, { who: 'lucia', path: '/casos/{luz}/permisos' }, { who: 'sofia', path: '/datos' },
  { who: 'blanca', path: '/casa' }, { who: 'blanca', path: '/casa/recibir' }, { who: 'blanca', path: '/casa/turno' }, { who: 'irma', path: '/clinica' }, { who: 'lucia', path: '/varias' },
];

after(done);
let known;
before(async () => { known = await discover(); });

test('the walk can fail', async () => {
  const v = await visitor();
  await v.page.setContent('<!DOCTYPE html><html lang="es"><style>*{margin:0}:focus{outline:0}</style><header style="position:fixed;inset:0 0 auto;height:90px;background:#fff"></header><a href="#a">x</a><button style="height:20px">y</button>');
  const { wrong } = await keyboardWalk(v.page);
  for (const what of ['outline', 'covered', 'px high']) assert.ok(wrong.some((w) => w.includes(what)), `does not see ${what}: ${wrong}`);
  await v.close();
});

for (const screen of SCREENS) {
  test(`${screen.path} as ${screen.who}`, async () => {
    for (const width of [360, 1280]) {
      const v = screen.who === 'nobody' ? await visitor({ width }) : await as(screen.who, { width });
      await v.page.goto(pathOf(screen, known.at));
      const { stops, wrong } = await keyboardWalk(v.page);
      assert.ok(stops > 5, `only ${stops} stops`);
      assert.deepEqual(wrong.slice(0, 12), [], `${width} px: ${wrong.length} of ${stops} stops`);
      await v.page.evaluate(() => { window.scrollTo(0, 0); document.activeElement?.blur?.(); });
      await v.close();
    }
  });
}

test('the first stop of every page is the way past the navigation', async () => {
  const v = await as('lucia');
  await v.page.goto('/casos');
  await v.page.keyboard.press('Tab');
  assert.equal(await v.page.evaluate(() => document.activeElement.getAttribute('href')), '#main');
  await v.page.keyboard.press('Enter');
  assert.equal(await v.page.evaluate(() => document.activeElement.id), 'main');
  await v.close();
});

test('after a form with something to mend the focus is on the summary, whose links lead to the fields', async () => {
  const v = await visitor();
  await v.page.goto('/aviso?quien=teacher');
  await v.page.locator('form[action="/aviso"] button').press('Enter');
  await v.page.waitForSelector('.problems');
  assert.equal(await v.page.evaluate(() => document.activeElement?.querySelector('.problems') !== null), true, 'the summary has not the focus');
  await v.page.keyboard.press('Tab');
  await v.page.keyboard.press('Enter');
  const target = await v.page.evaluate(() => location.hash.slice(1));
  assert.ok(await v.page.locator(`[id="${target}"]`).count(), `#${target} is not there`);
  await v.close();
});
