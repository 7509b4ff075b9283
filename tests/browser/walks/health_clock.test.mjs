// Scenario 3, «The pregnant 12-year-old», and scenario 8, «She says no», as far as they concern the clinic.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** Tab until the focus is where it is wanted. */
async function reach(page, test, value) {
  for (let n = 0; n < 250; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(test, value)) return;
  }
  assert.fail(`the keyboard does not reach ${value} on ${new URL(page.url()).pathname}`);
}
const named = (page, words) => reach(page, (w) => ['BUTTON', 'A', 'SUMMARY'].includes(document.activeElement.tagName) && document.activeElement.textContent.trim().startsWith(w), words);
const field = (page, name) => reach(page, (n) => document.activeElement.getAttribute('name') === n, name);
/** Presses Enter where it opens another page, and waits until that is there. */
const enter = async (page) => {
  const there = page.waitForEvent('load');
  const response = await follow(page, () => page.keyboard.press('Enter'));
  await there;
  return response;
};
async function pick(page, name, value) {
  await field(page, name);
  await page.keyboard.press('Space');
  for (let n = 0; n < 12 && await page.evaluate(() => document.activeElement.value) !== value; n++) await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator(`[name=${name}]:checked`).inputValue(), value);
}
const row = (page, words) => page.locator('main .card').filter({ hasText: words }).first();

test('scenario 3, «The pregnant 12-year-old», by keyboard only', async (s) => {
  const irma = await as('irma', { width: 360, height: 740 });
  const page = irma.page;

  await s.test('the nurse receives her with a number, and the clock comes first', async () => {
    await page.goto('/clinica/recibir');
    await pick(page, 'desk', 'health');
    await pick(page, 'urgency', 'recent');
    await named(page, t('clinic-receive-send'));
    await enter(page);
    const number = new URL(page.url()).searchParams.get('numero');
    await named(page, t('clinic-call').replace('{$number}', number));
    await enter(page);
    await says(page, 'clinic-clock-first');
    await named(page, t('clinic-clock'));
    await enter(page);
    assert.match(new URL(page.url()).pathname, /\/reloj$/);
  });

  await s.test('only when it was is asked, and what is typed wrongly is said and kept', async () => {
    const asked = await page.locator('main :is(input:not([type=hidden]), select, textarea)').evaluateAll((all) => [...new Set(all.map((e) => e.name.split('@')[0]))]);
    assert.deepEqual(asked, ['how', 'hours', 'on', 'time', 'under_18']);
    await pick(page, 'how', 'ago');
    await field(page, 'hours');
    await page.keyboard.type('muchas');
    await named(page, t('clinic-clock-start'));
    assert.equal((await enter(page)).status(), 422);
    await says(page, 'problem-clinic-hours');
    assert.equal(await page.locator('[name=hours]').inputValue(), 'muchas');
    await field(page, 'hours');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('90');
    await pick(page, 'under_18', 'yes');
    await named(page, t('clinic-clock-start'));
    assert.equal((await enter(page)).status(), 200, await text(page));
  });

  await s.test('open windows first with their hours, then the steps, what to tell her, and whom to call', async () => {
    const shown = await text(page);
    const at = (words) => { const i = shown.indexOf(words); assert.ok(i >= 0, `the page does not say «${words}»`); return i; };
    const order = ['Anticoncepción de emergencia', 'Prevención del VIH', t('clinic-steps-under-18'), 'Si está embarazada', 'Dígale, antes de llamar', t('clinic-call-whom')].map(at);
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
    assert.match(await row(page, 'Anticoncepción de emergencia').innerText(), /queda(n)? \d+ horas|quedan 29 horas/);
    assert.match(await row(page, 'Prevención del VIH').innerText(), /ya pasó el plazo[\s\S]*la prueba de VIH/);
    const cards = await page.locator('main .card').allInnerTexts();
    for (const c of cards.filter((c) => c.includes(t('clinic-basis')))) assert.ok(c.includes(t('clinic-unverified')), c);
    assert.ok((await page.locator('main a[href^="tel:"]').count()) >= 2);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than a phone');
  });

  await s.test('her answer to one row is kept, and she may change her mind', async () => {
    const press = async (key) => {
      await row(page, 'Anticoncepción de emergencia').getByRole('button', { name: t(key), exact: true }).focus();
      await enter(page);
    };
    await press('clinic-offer-declined');
    assert.ok((await row(page, 'Anticoncepción de emergencia').innerText()).includes(t('state-offer-declined')));
    await press('clinic-offer-accepted');
    assert.ok((await row(page, 'Anticoncepción de emergencia').innerText()).includes(`${t('clinic-answer')} ${t('state-offer-accepted')}`));
  });

  await s.test('the sheet says the same without her name and without forms', async () => {
    await named(page, t('clinic-clock-print'));
    await enter(page);
    assert.match(new URL(page.url()).pathname, /\/imprimir$/);
    await says(page, 'clinic-unverified');
    assert.equal(await page.locator('main form').count(), 0);
  });
  await irma.close();
});

test('scenario 8, «She says no»: a woman of 19 is cared for, and nobody is told', async (s) => {
  const lucia = await as('lucia');
  const page = lucia.page;
  const name = canary('saysno');
  const born = { ...day(-19 * 366), };
  const code = await open(lucia, { chosen_name: name, years: '', birth: born });
  let visit;

  await s.test('she comes, and her visit is joined to her case', async () => {
    await page.goto('/clinica/recibir');
    await send(page, '/clinica/recibir', { desk: 'social', urgency: 'today', chosen_name: name });
    await send(page, page.locator('main .card').filter({ hasText: name }).locator('form'), {});
    visit = new URL(page.url()).pathname;
    await send(page, '/caso', { code: 'C-00000' }, { button: 'clinic-case-join' });
    await says(page, 'problem-clinic-code');
    await send(page, '/caso', { code }, { button: 'clinic-case-join' });
    assert.ok((await text(page)).includes(code));
  });

  await s.test('every button that would notify anybody is off and says why', async () => {
    await page.goto(`${visit}/reloj`);
    await says(page, 'clinic-steps-adult');
    await says(page, 'clinic-notify-off');
    const off = page.locator('main button[aria-disabled=true]');
    assert.ok((await off.count()) >= 2);
    for (const button of await off.all()) assert.ok((await button.innerText()).includes(t('clinic-notify-off')));
    assert.equal(await page.locator('main a[href^="tel:"]').count(), 0);
    await page.goto(`/casos/${code}/referencias`);
    assert.equal(await page.locator('main a[href*="/referencias/nueva/"]').count(), 0);
  });

  await s.test('she says no to a row and yes to another; service goes on', async () => {
    await page.goto(`${visit}/reloj`);
    const say = (words, key) => row(page, words).getByRole('button', { name: t(key), exact: true });
    await follow(page, () => say('Recolección de evidencia', 'clinic-offer-declined').click());
    await follow(page, () => say('Prevención y tratamiento de infecciones', 'clinic-offer-accepted').click());
    assert.ok((await row(page, 'Recolección de evidencia').innerText()).includes(t('state-offer-declined')));
    await page.goto(visit);
    await send(page, '/nota', { text: `Recibe ropa y terapia. ${canary('goeson')}` }, { button: 'save' });
    await send(page, page.locator('form[action$="/paso"]').first(), { desk: 'psychological' }, { button: 'clinic-pass-send' });
    assert.equal(new URL(page.url()).pathname, '/clinica');
    assert.match(await text(page), like('clinic-count'));
    await go(page, 'clinic-appointments');
  });
  await lucia.close();
});
