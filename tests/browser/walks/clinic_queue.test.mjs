// The queue of the clinic by keyboard only, from the arrival to the end of the visit; two people call the same person.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** Goes on with Tab until the focus is on what is looked for; a person at a keyboard does the same. */
async function reach(page, wanted) {
  for (let n = 0; n < 250; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(wanted.test, wanted.value)) return;
  }
  assert.fail(`the keyboard does not reach ${JSON.stringify(wanted.value)} on ${new URL(page.url()).pathname}`);
}
const named = (words) => ({ value: words, test: (w) => ['BUTTON', 'A', 'SUMMARY'].includes(document.activeElement.tagName) && document.activeElement.textContent.trim().startsWith(w) });
const field = (name) => ({ value: name, test: (n) => document.activeElement.getAttribute('name') === n });
/** Presses Enter where it opens another page, and waits until that is there. */
const enter = async (page) => {
  const there = page.waitForEvent('load');
  const response = await follow(page, () => page.keyboard.press('Enter'));
  await there;
  return response;
};
/** Chooses a radio with the arrow keys. */
async function pick(page, name, value) {
  await reach(page, field(name));
  await page.keyboard.press('Space');
  for (let n = 0; n < 12; n++) {
    if (await page.evaluate(() => document.activeElement.value) === value) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`${value} is not among the choices of ${name}`);
}
const card = (page, words) => page.locator('main .card').filter({ hasText: words });

test('the queue by keyboard only, at the width of a phone', async (s) => {
  const irma = await as('irma', { width: 360, height: 740 });
  const page = irma.page;
  const name = `Dalia D'Ángelo ${canary('queuename')}`;
  let number;

  await s.test('she is received with two answers and a name', async () => {
    await page.goto('/clinica');
    await reach(page, named(t('clinic-receive')));
    await enter(page);
    await pick(page, 'desk', 'health');
    await pick(page, 'urgency', 'now');
    await reach(page, field('chosen_name'));
    await page.keyboard.type(name);
    await reach(page, named(t('clinic-receive-send')));
    assert.equal((await enter(page)).status(), 200, await text(page));
    number = new URL(page.url()).searchParams.get('numero');
    assert.match(number, /^\d{2,4}$/);
    assert.match(await text(page), like('clinic-received'));
    assert.ok((await page.title()).indexOf('Dalia') < 0, 'a title names her');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than a phone');
  });

  await s.test('she stands before those who can wait', async () => {
    const all = await page.locator('main .card').allInnerTexts();
    const at = (words) => all.findIndex((c) => c.includes(words));
    const calm = at('Sin prisa');
    assert.ok(at(name) >= 0 && (calm < 0 || at(name) < calm), `${at(name)} ${calm}`);
    assert.ok(all.some((c) => c.includes('Hace menos de 120 horas')), 'the invented day has nobody for the clock');
  });

  await s.test('she is called, a word is kept, she is passed on and comes back without telling it again', async () => {
    await reach(page, named(t('clinic-call').replace('{$number}', number)));
    await enter(page);
    assert.match(new URL(page.url()).pathname, /^\/clinica\/visitas\/[0-9a-f-]{36}$/);
    await reach(page, field('text'));
    await page.keyboard.type(`Presión 110/70. ${canary('queuenote')}`);
    await reach(page, named(t('save')));
    await enter(page);
    await reach(page, field('desk'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('[name=desk]').inputValue(), 'social');
    await reach(page, named(t('clinic-pass-send')));
    await enter(page);
    assert.equal(new URL(page.url()).pathname, '/clinica');
    assert.ok((await card(page, name).innerText()).includes('Trabajo social'));
  });

  await s.test('the second of two who call her is told who was faster', async () => {
    const lucia = await as('lucia');
    await lucia.page.goto('/clinica');
    await page.goto('/clinica');
    const press = (p) => send(p, card(p, name).locator('form'), {});
    await press(lucia.page);
    assert.match(new URL(lucia.page.url()).pathname, /^\/clinica\/visitas\//);
    assert.ok((await text(lucia.page)).includes('Presión 110/70'), 'she would have to tell it again');
    assert.equal((await press(page)).status(), 409);
    await says(page, 'failure-taken-title');
    assert.ok((await text(page)).includes('Lucía'));
    // A case from the visit, with the name she gave.
    await go(lucia.page, 'clinic-case-new');
    assert.equal(await lucia.page.locator('[name=chosen_name]').inputValue(), name);
    await send(lucia.page, '/casos/nuevo', { years: '24', municipality: 'GT0920' }, { button: 'case-new-send' });
    if (lucia.page.url().endsWith('/casos/nuevo')) await send(lucia.page, '/casos/nuevo', {}, { button: 'case-new-anyway' });
    assert.match(new URL(lucia.page.url()).pathname, /^\/clinica\/visitas\//);
    assert.match(await text(lucia.page), /C-[0-9A-Z]{5}/);
    await send(lucia.page, lucia.page.locator('form[action$="/paso"]').last(), {}, { button: 'clinic-done' });
    assert.equal(await card(lucia.page, name).count(), 0);
    await lucia.close();
  });

  await s.test('somebody who prefers not to talk gets the sheet, and only that is counted', async () => {
    await page.goto('/clinica/informacion');
    await send(page, '/clinica/informacion', {}, { button: 'clinic-info-given' });
    await says(page, 'clinic-info-counted');
  });
  await irma.close();
});

test('an appointment: planned, she comes, she does not come', async () => {
  const lucia = await as('lucia');
  const page = lucia.page;
  const name = canary('citaname');
  const code = await open(lucia, { chosen_name: name, years: '24' });
  await page.goto(`/casos/${code}`);
  assert.match(await text(page), like('clinic-missing'));
  const plan = async () => {
    await page.goto(`/clinica/citas?caso=${code}`);
    assert.equal(await page.locator('[name=code]').inputValue(), code);
    const sent = await send(page, '/clinica/citas', { kind: 'health-first', on: day(0), time: '23:40' });
    assert.equal(sent.status(), 200, await text(page));
  };
  const mark = (key) => send(page, page.locator(`form[action*="/clinica/citas/${code}/"]`).first(), {}, { button: key });
  await plan();
  await page.goto('/clinica');
  await mark('clinic-mark-came');
  assert.match(new URL(page.url()).pathname, /^\/clinica\/visitas\//);
  assert.ok((await text(page)).includes(code));
  await plan();
  await mark('clinic-mark-no_show');
  assert.match(new URL(page.url()).pathname, /\/no-vino$/);
  await says(page, 'reach-why-no_rules');
  await page.goto(`/casos/${code}`);
  await says(page, 'task-clinic-no-show');
  assert.equal(await form(page, '/tareas').count(), 1);
  await lucia.close();
});
