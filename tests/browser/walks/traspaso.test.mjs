// A post goes to a successor in a day: the old one is out, and the new one opens what was open.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PASSWORD, as, done, visitor } from '../lib/browser.mjs';
import { follow, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('an office is handed over', async (s) => {
  const [tomas, nora] = await Promise.all(['tomas', 'nora'].map((who) => as(who)));
  const [old, next] = [canary('leaver').slice(0, 14), canary('comer').slice(0, 14)];
  const oldName = `Don Chepe ${old}`;
  const nextName = `Doña D'Aj ${next}`;
  const number = `0000-${String(Math.floor(Math.random() * 9000) + 1000)}`;
  let leaver, path;

  await s.test('the old officer has something open', async () => {
    await tomas.page.goto('/ajustes/cuentas');
    await send(tomas.page, '/ajustes/cuentas', { name: oldName, username: old, role: 'protection_officer', site: 'O1', password: PASSWORD });
    leaver = await as(old);
    await leaver.page.goto('/oficina/llamada');
    await send(leaver.page, '/oficina/llamada', { number });
    assert.ok((await text(leaver.page)).includes(number));
  });

  await s.test('whoever manages accounts begins, with a new account for the successor, and sees how many and not what', async () => {
    const page = tomas.page;
    await page.goto('/traspaso');
    const from = await page.locator('[name=leaver] option').filter({ hasText: old }).getAttribute('value');
    const bad = await send(page, '/traspaso', { leaver: from, name: nextName, username: next, password: 'corta' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-password-short');
    assert.equal(await page.locator('[name=name]').inputValue(), nextName);
    await send(page, '/traspaso', { password: PASSWORD });
    path = new URL(page.url()).pathname;
    assert.match(path, /traspaso\/[0-9a-f-]{36}$/, await text(page));
    await says(page, 'post-counts-only');
    assert.ok(!(await text(page)).includes(t('post-give')));
    await says(page, 'post-close-not-yet');
  });

  await s.test('the old officer is told, and works on', async () => {
    await leaver.page.goto('/traspaso');
    await says(leaver.page, 'post-you-leave');
    assert.equal((await leaver.page.goto(path)).status(), 403);
  });

  await s.test('a coordinator sees each thing and moves it, with the keyboard, at 360 pixels', async () => {
    const page = nora.page;
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    await says(page, 'entry-office_call');
    await page.getByRole('button', { name: t('post-move-send') }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(t('post-moved'), { exact: true }).first().waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
  });

  await s.test('the sheet has both names, codes and lines to sign', async () => {
    await nora.page.goto(`${path}/hoja`);
    const sheet = await text(nora.page);
    assert.ok(sheet.includes(oldName) && sheet.includes(nextName) && sheet.includes(t('office-signatures')));
    assert.ok(!sheet.includes(number), 'more than codes');
  });

  await s.test('the end: the old account is closed, its session is over', async () => {
    await tomas.page.goto(path);
    await send(tomas.page, '/cerrar', {}, { button: 'post-close-send' });
    await says(tomas.page, 'post-state-closed');
    await leaver.page.goto('/oficina');
    assert.equal(new URL(leaver.page.url()).pathname, '/entrar');
    const again = await visitor();
    await again.page.goto('/entrar');
    assert.equal((await send(again.page, '/entrar', { username: old, password: PASSWORD })).status(), 422);
  });

  await s.test('the successor finds what was open and goes on with it', async () => {
    const hers = await as(next);
    await follow(hers.page, () => hers.page.locator('main ul.tasks > li').filter({ hasText: number }).locator('a').first().click());
    await send(hers.page, new URL(hers.page.url()).pathname, { answered_by: 'Turno', said: 'noted' });
    assert.ok(!(await text(hers.page)).includes(number));
  });
});
