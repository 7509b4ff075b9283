// Quick exit: with the button, with Shift three times, and without JavaScript.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { ask, cookies } from '../lib/checks.mjs';
import { url } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

const elsewhere = (page) => page.waitForURL((u) => u.origin !== url());
const WAYS = {
  button: (page) => page.locator('#exit a').click(),
  'Shift ×3': async (page) => { for (let n = 0; n < 3; n++) await page.keyboard.press('Shift'); },
};

for (const [way, leave] of Object.entries(WAYS)) {
  test(`a caller leaves by ${way}; Back does not show the page`, async () => {
    const v = await visitor({ js: true });
    await v.page.goto('data:text/html,<title>antes</title>antes');
    await v.page.goto('/aviso?quien=teacher');
    await v.page.fill('[name=contact]', 'después de las 13 h');
    await v.page.locator('h1').click();
    await leave(v.page);
    await elsewhere(v.page);
    await v.page.goBack();
    assert.ok(!v.page.url().startsWith(url()), `Back leads to ${v.page.url()}`);
    await v.close();
  });

  test(`Luz leaves her plan by ${way}: her session ends`, async () => {
    const luz = await as('luz', { js: true });
    const jar = await cookies(luz);
    assert.equal((await ask('/mi-plan', { cookies: jar })).status, 200);
    await leave(luz.page);
    await elsewhere(luz.page);
    // The beacon is on its way while the next page opens.
    // Its key leaves memory a moment before its row is ended: for that moment it is only locked.
    for (let n = 0; n < 50 && (await ask('/mi-plan', { cookies: jar })).headers.location !== '/entrar'; n++) await new Promise((go) => setTimeout(go, 100));
    const answer = await ask('/mi-plan', { cookies: jar });
    assert.deepEqual([answer.status, answer.headers.location], [303, '/entrar']);
    await luz.close();
  });
}

test('writing capitals is not leaving', async () => {
  const v = await visitor({ js: true });
  await v.page.goto('/aviso?quien=teacher');
  await v.page.locator('[name=words]').pressSequentially('ABC DEF', { delay: 20 });
  for (const key of ['Shift', 'A', 'Shift', 'B', 'Shift']) await v.page.keyboard.press(key);
  await v.page.locator('[name=words]').click();
  for (const key of ['Shift', 'Shift']) await v.page.keyboard.press(key);
  await v.page.locator('[name=words]').click();
  await v.page.keyboard.press('Shift');
  // Leaving empties the page before anything else.
  assert.equal(await v.page.locator('[name=words]').inputValue(), 'ABC DEFAB');
  assert.ok(v.page.url().startsWith(url()));
  await v.close();
});

test('without JavaScript the button is a link: the session ends and the neutral page opens', async () => {
  const luz = await as('luz');
  const jar = await cookies(luz);
  await luz.page.locator('#exit a').click().catch(() => {});
  await luz.page.waitForTimeout(300);
  const left = luz.requests.find((u) => !u.startsWith(url()));
  assert.ok(left?.startsWith('https://'), `went to ${left}`);
  const answer = await ask('/mi-plan', { cookies: jar });
  assert.deepEqual([answer.status, answer.headers.location], [303, '/entrar']);
  await luz.close();
});

test('every page of callers and survivors has it, in the same corner, and says what it does not do', async () => {
  const v = await visitor();
  const places = [];
  for (const path of ['/aviso', '/aviso?quien=health', '/aviso/recibo']) {
    await v.page.goto(path);
    const box = await v.page.locator('#exit a').boundingBox();
    places.push([Math.round(box.x), Math.round(box.y)].join());
    assert.ok((await v.page.locator('body').innerText()).includes(t('exit-honest')), path);
    await v.page.evaluate(() => window.scrollTo(0, 1e6));
    assert.ok(await v.page.locator('#exit a').isVisible());
    assert.ok((await v.page.locator('#exit a').boundingBox()).y < 100, `${path}: it scrolls away`);
  }
  assert.equal(new Set(places).size, 1, `different corners: ${places.join(' ')}`);
  await v.close();
});
