// Scenario 2 of the network: a teacher with a card gives an alert, the team answers, and her page says so and nothing else; a card
// that was withdrawn; a lesson on a telephone; people counted by a rule; an opinion that nobody can trace.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { day, follow, form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

const path = (page) => new URL(page.url()).pathname;

test('a teacher carries a card, and learns that she was heard', async (s) => {
  const nora = await as('nora');
  const teacher = await visitor({ width: 320 });
  const [name, reach] = [`Seño D'${canary('network')}`, `0000-0177 ${canary('reach')}`];
  let one, card, own, number;

  await s.test('she joins with a name that is sealed; what is missing is said and nothing is lost', async () => {
    const { page } = nora;
    await page.goto('/datos');
    await go(page, 'network-title');
    await go(page, 'network-new');
    const bad = await send(page, '/red', { name, reach, municipality: 'GT0108' });
    assert.equal(bad.status(), 422);
    assert.equal(await page.locator('[name=name]').inputValue(), name);
    await send(page, '/red', { kind: 'teacher', place: 'school', language: 'spa', trained: day(-3) });
    assert.ok((await text(page)).includes(name));
    one = path(page);
  });

  await s.test('card, page and number are shown once, and the number is not on the paper', async () => {
    const { page } = nora;
    await send(page, `${one}/tarjeta`, {}, { button: 'network-card-make' });
    await says(page, 'network-card-once');
    [card, own] = await page.locator('.address').allInnerTexts();
    number = (await page.locator('.code').innerText()).replaceAll(' ', '');
    assert.match(number, /^\d{6}$/);
    await page.emulateMedia({ media: 'print' });
    assert.ok(!(await page.locator('.code').isVisible()), 'the number would be printed');
    assert.ok(await page.locator('.qr').first().isVisible());
    assert.ok(!(await page.locator('body').innerText()).includes(name), 'her name would be printed');
    await page.emulateMedia({ media: 'screen' });
    await page.goto(one);
    const shown = await page.content();
    assert.ok(![card, own, number].some((x) => shown.includes(x.split(/[/=]/).at(-1))));
  });

  await s.test('she gives an alert with it, and the board says «de la red», not who', async () => {
    await teacher.page.goto(new URL(card).pathname + new URL(card).search);
    await go(teacher.page, 'reporter-teacher');
    await send(teacher.page, '/aviso', { signs: ['absent_days'], age_group: 'adolescent', since: 'today', certainty: 'saw', municipality: 'GT0108' });
    await says(teacher.page, 'receipt-saved');
    const lucia = await as('lucia');
    await lucia.page.goto('/avisos');
    const rows = lucia.page.locator('main tbody tr').filter({ hasText: t('network-from') });
    await follow(lucia.page, () => rows.filter({ hasText: t('alert-nobody') }).first().locator('a').click());
    await says(lucia.page, 'network-from');
    assert.ok(!(await lucia.page.content()).includes(name));
    await send(lucia.page, '/tomar', {}, { button: 'alert-take' });
    await lucia.close();
  });

  await s.test('her page asks for the number, and says month, state and days', async () => {
    const { page } = teacher;
    own = new URL(own).pathname;
    await page.goto(own);
    const wrong = await send(page, own, { number: number === '000000' ? '111111' : '000000' });
    assert.equal(wrong.status(), 422);
    await send(page, own, { number });
    const shown = await text(page);
    assert.match(shown, like('mine-in-hands'));
    for (const never of [name, reach, t('sign-absent_days'), 'Mixco', 'trata', 'caso', 'Lucía']) assert.ok(!shown.toLowerCase().includes(never.toLowerCase()), `her page says «${never}»`);
    assert.ok(!(await page.title()).match(/aviso|red/i), await page.title());
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than 320 pixels');
  });

  await s.test('a lesson, without an answer first, then finished; it stays finished', async () => {
    const { page } = teacher;
    await follow(page, () => page.locator('main a[href$="/leccion/listen"]').click());
    const empty = await send(page, '/leccion/listen', {});
    assert.equal(empty.status(), 422);
    await send(page, '/leccion/listen', { answer: '0' });
    await says(page, 'lessons-other');
    await go(page, 'mine-back');
    assert.match(await page.locator('main li').filter({ has: page.locator('a[href$="/leccion/listen"]') }).innerText(), like('lessons-read'));
  });

  await s.test('closed, or left at once, the page asks for the number again', async () => {
    const { page } = teacher;
    await send(page, '/salir', {}, { button: 'mine-leave' });
    assert.equal(await page.locator('[name=number]').count(), 1);
    await send(page, own, { number });
    await page.request.get('/salir-rapido', { maxRedirects: 0 });
    await page.goto(own);
    assert.equal(await page.locator('[name=number]').count(), 1);
  });

  await s.test('withdrawn, the page is nobody\'s and the card still brings an alert, as anybody\'s', async () => {
    await send(nora.page, `${one}/retirar`, {}, { button: 'network-card-withdraw' });
    await says(nora.page, 'network-card-none');
    assert.equal((await teacher.page.goto(own)).status(), 410);
    await teacher.page.goto(`/aviso?quien=teacher&${new URL(card).search.slice(1)}`);
    await send(teacher.page, '/aviso', { signs: ['exhausted_hands'], age_group: 'adult', since: 'weeks', certainty: 'suspect', municipality: 'GT0108' });
    await says(teacher.page, 'receipt-saved');
    const before = await text(nora.page);
    await nora.page.reload();
    assert.match(before, /1 con su tarjeta/);
    assert.match(await text(nora.page), /1 con su tarjeta/);
  });

  await s.test('on her word her name is gone', async () => {
    const { page } = nora;
    const bad = await send(page, `${one}/borrar`, {});
    assert.equal(bad.status(), 422);
    await send(page, `${one}/borrar`, { sure: 'yes' });
    assert.equal(path(page), '/red');
    assert.ok(!(await text(page)).includes(name));
    assert.equal((await page.goto(one)).status(), 404);
  });
});

test('people are counted by a rule, hours are taken back, an opinion leaves no trace', async (s) => {
  const nora = await as('nora');
  const { page } = nora;

  await s.test('an estimate is one number, and a correction replaces what was noted', async () => {
    await page.goto('/red/actividades/nueva');
    await send(page, '/red/actividades', { kind: 'fair', municipality: 'GT0920', on: day(-1) });
    const one = path(page);
    const bad = await send(page, one, { rule: 'estimated', minutes: '90', 'n-Feminine.15-17': '40' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-network-estimate');
    await send(page, one, { 'n-Feminine.15-17': '', 'n-unknown.unknown': '777' });
    assert.match(await text(page), /777/);
    await send(page, one, { rule: 'counted', 'n-unknown.unknown': '', 'n-Feminine.15-17': '41' });
    const shown = await text(page);
    assert.ok(/41/.test(shown) && !/777/.test(shown), shown);
  });

  await s.test('hours with a comma, and taken back', async () => {
    await page.goto('/bitacora/nueva?de=open');
    const bad = await send(page, '/bitacora', { site: 'K1', hours: 'muchas', on: day(0) });
    assert.equal(bad.status(), 422);
    await send(page, '/bitacora', { hours: '7,5', payers: ['grant'] });
    await says(page, 'logbook-kind-open');
    const first = page.locator('main li').filter({ hasText: '7.5' }).first();
    await follow(page, () => first.getByRole('button').click());
    await says(page, 'logbook-taken-back');
  });

  await s.test('on the tablet: what is missing, thanks, and two minutes', async () => {
    const tablet = await visitor({ width: 800 });
    await tablet.page.goto('/opinion/M2');
    assert.equal((await send(tablet.page, '/opinion/M2', { 'q-satisfied': 'yes' })).status(), 422);
    await send(tablet.page, '/opinion/M2', { 'q-recommend': 'no', 'q-respected': 'partly' });
    await says(tablet.page, 'opinion-thanks');
    assert.equal(await tablet.page.locator('input:checked').count(), 0);
    const soon = await send(tablet.page, '/opinion/M2', { 'q-satisfied': 'yes', 'q-recommend': 'yes', 'q-respected': 'yes' });
    assert.equal(soon.status(), 429);
    assert.equal(await tablet.page.locator('input:checked').count(), 3);
    assert.equal((await tablet.page.goto('/opinion/Z9')).status(), 404);
  });
});
