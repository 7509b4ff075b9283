// Comfort of the desk, with JavaScript: saving says so, single keys, a warning before the lock, a blank page when hidden.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PASSWORD, as, done } from '../lib/browser.mjs';
import { answer, day, follow, form, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

const desk = (who) => as(who, { js: true });
const path = (page) => new URL(page.url()).pathname;
const away = (page) => page.evaluate(() => document.documentElement.getAttribute('data-away'));
/** A key on the page itself, which may lead to another page. */
const press = async (page, key) => { await page.locator('body').evaluate(() => document.activeElement?.blur()); await page.keyboard.press(key); };
const hide = (page, hidden) => page.evaluate((h) => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => h }); document.dispatchEvent(new Event('visibilitychange')); }, hidden);

test('a form that is slow says that it is being saved, and goes once', async () => {
  const lucia = await desk('lucia');
  const { page } = lucia;
  const code = await open(lucia, { chosen_name: canary('slowname') });
  await page.goto(`/casos/${code}/cronologia`);
  await answer(form(page, '/cronologia'), { kind: 'note', text: `Llegó puntual. ${canary('slownote')}`, on: day(0) });
  let posts = 0;
  const said = page.waitForEvent('console', (m) => m.text().startsWith('said: '));
  await page.route('**/cronologia', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    posts += 1;
    await said;
    return route.fallback();
  });
  // While a page is on its way Playwright waits; so the page itself tells what its button says, and presses again.
  await form(page, '/cronologia').locator('button').last().evaluate((b) => {
    new MutationObserver(() => {
      if (!b.hasAttribute('aria-disabled')) return;
      b.click();
      console.log(`said: ${b.textContent}`);
    }).observe(b, { childList: true });
  });
  const next = page.waitForEvent('load');
  await form(page, '/cronologia').locator('button').last().click({ noWaitAfter: true });
  assert.equal((await said).text(), `said: ${t('desk-saving')}`);
  await next;
  assert.equal(posts, 1, 'the form went twice');
  assert.equal(await page.locator('button[aria-disabled=true]', { hasText: t('desk-saving') }).count(), 0);
  await lucia.close();
});

test('single keys lead on, but not while writing, and not once they are turned off', async (s) => {
  const lucia = await desk('lucia');
  const { page } = lucia;
  const code = await open(lucia, { chosen_name: canary('keysname') });
  const leads = async (keys, to) => {
    for (const key of keys) await press(page, key);
    await page.waitForURL((u) => u.pathname === to);
  };

  await s.test('g h, g c, /, n, ?', async () => {
    await leads(['g', 'h'], '/hoy');
    await leads(['g', 'c'], '/casos');
    await press(page, '/');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'words');
    await page.goto('/hoy');
    await leads(['/'], '/casos');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'words', 'the search is not ready to write in');
    await page.goto(`/casos/${code}`);
    await leads(['n'], `/casos/${code}/cronologia`);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'text');
    await leads(['?'], '/ayuda');
    await says(page, 'own-keys-text');
  });

  await s.test('while writing they are letters', async () => {
    await page.goto(`/casos/${code}/cronologia`);
    await page.locator('[name=text]').focus();
    await page.keyboard.type('n g h ? /');
    assert.equal(path(page), `/casos/${code}/cronologia`);
    assert.equal(await page.locator('[name=text]').inputValue(), 'n g h ? /');
    await page.locator('select:visible, input[type=radio]:visible').first().focus();
    await page.keyboard.press('?');
    assert.equal(path(page), `/casos/${code}/cronologia`);
  });

  await s.test('turned off in her account, they do nothing; and on again', async () => {
    await page.goto('/cuenta');
    await send(page, '/cuenta/teclas', {}, { button: 'own-keys-stop' });
    await says(page, 'own-keys-off');
    for (const key of ['g', 'c', '?', 'n', '/']) await press(page, key);
    assert.equal(path(page), '/cuenta');
    await send(page, '/cuenta/teclas', {}, { button: 'own-keys-start' });
    await leads(['g', 'c'], '/casos');
  });
  await lucia.close();
});

test('nobody looks: the page is blank, and there again with what was typed', async () => {
  const lucia = await desk('lucia');
  const { page } = lucia;
  const code = await open(lucia, { chosen_name: canary('hiddenname') });
  await page.goto(`/casos/${code}/cronologia`);
  await page.locator('[name=text]').fill('a medias');
  assert.ok(await page.locator('h1').isVisible());
  await hide(page, true);
  assert.equal(await away(page), '');
  assert.ok(!(await page.locator('h1').isVisible()), 'the name is still on the screen');
  await hide(page, false);
  assert.ok(await page.locator('h1').isVisible());
  assert.equal(await page.locator('[name=text]').inputValue(), 'a medias');
  // A caller's page is no page of the desk: it has quick exit, and stays.
  await page.goto('/aviso?quien=teacher');
  await hide(page, true);
  assert.equal(await away(page), null);
  await lucia.close();
});

test('a minute before the lock it says so; one press and the work goes on', async () => {
  const lucia = await desk('lucia');
  const { page } = lucia;
  await page.clock.install();
  await page.goto('/hoy');
  const warning = page.locator('#desk .idle');
  assert.ok(!(await warning.isVisible()));
  assert.equal(await page.locator('#desk').getAttribute('role'), 'status');
  await page.clock.fastForward('12:00');
  assert.ok(!(await warning.isVisible()), 'the warning comes too early');
  await page.clock.fastForward('02:05');
  assert.match(await warning.innerText(), like('desk-soon'));
  assert.equal(await away(page), null, 'it is blank already');
  const asked = page.waitForResponse((r) => r.request().method() === 'HEAD');
  await page.getByRole('button', { name: t('desk-stay') }).click();
  assert.equal((await asked).status(), 200);
  await warning.waitFor({ state: 'hidden' });
  await page.clock.fastForward('13:50');
  assert.ok(!(await warning.isVisible()), 'staying did not last');
  await lucia.close();
});

test('when the lock comes the screen is empty, and what was typed comes back after the password', async () => {
  const lucia = await desk('lucia');
  const { page } = lucia;
  const name = canary('idlename');
  const code = await open(lucia, { chosen_name: name });
  const typed = `Se acordó volver el jueves con la intérprete, a las nueve. ${canary('idlenote')}`;
  await page.clock.install();
  await page.goto(`/casos/${code}/cronologia`);
  await answer(form(page, '/cronologia'), { kind: 'note', text: typed, on: day(0) });
  // The server's own lock, from another window of hers; then the quarter of an hour passes here.
  const other = await lucia.context.newPage();
  await other.goto('/hoy');
  await follow(other, () => other.getByRole('button', { name: t('shell-lock') }).click());
  await page.clock.fastForward('15:10');
  assert.equal(await away(page), 'locked');
  assert.ok(!(await page.locator('h1').isVisible()) && !(await page.locator('[name=text]').isVisible()), 'the file is still on the screen');
  const card = page.locator('#desk .idle');
  assert.match(await card.innerText(), like('desk-locked'));
  await page.getByRole('button', { name: t('desk-stay') }).click();
  await page.waitForURL((u) => u.pathname === '/desbloquear');
  await send(page, '/desbloquear', { password: PASSWORD });
  await says(page, 'draft-title');
  assert.deepEqual(await page.locator('main [name=text]').evaluateAll((all) => all.map((e) => e.value)), [typed]);
  const sent = await send(page, '/cronologia', {}, { button: 'draft-send' });
  assert.equal(sent.status(), 200, await text(page));
  await lucia.close();
});

test('another window where somebody works keeps this one open', async () => {
  const lucia = await desk('lucia');
  await lucia.page.clock.install();
  await lucia.page.goto('/hoy');
  await lucia.page.clock.fastForward('14:10');
  assert.ok(await lucia.page.locator('#desk .idle').isVisible());
  const other = await lucia.context.newPage();
  await other.goto('/casos');
  await lucia.page.locator('#desk .idle').waitFor({ state: 'hidden' });
  await lucia.close();
});
