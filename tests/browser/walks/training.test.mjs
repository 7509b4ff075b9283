// Scenario 16, its first half: a course is planned, people come by list, telephone and paper, sessions and course are closed.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { day, follow, form, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

/** The time in Guatemala now, as a trainer writes it. */
const now = () => new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Guatemala', hour: '2-digit', minute: '2-digit' }).format(new Date());

/** A course with one session, now; gives its path. */
async function course(page, threshold = '80') {
  await page.goto('/capacitacion/cursos/nuevo');
  await send(page, '/cursos/nuevo', { curriculum: 'investigation', from: day(0), municipality: 'GT0101', threshold });
  const path = new URL(page.url()).pathname;
  assert.match(path, /cursos\/F-[0-9A-Z]{5}$/, await text(page));
  await send(page, '/sesiones', { module: 'interview', on: day(0), starts: now() });
  return path;
}

/**
 * Seconds for a key by the keystroke-level model (Card, Moran, Newell 1980): 0.12 for a good typist, who writes 90 words a minute, 0.28 for
 * somebody who does not type for a living.
 */
const A_KEY = { good: 0.12, anybody: 0.28 };

/** Names that no ear confuses. */
function name(n) {
  const s = ['ba', 'ke', 'mi', 'tzo', 'lu', 'xa', 'po', 'qui', 'ren', 'sun', 'fo', 'ged', 'vil'];
  const [a, b, c] = [s[n % 13], s[(n * 5 + 3) % 13], s[(n * 7 + Math.floor(n / 13)) % 13]];
  return `${a.toUpperCase()}${c}${b} O'${b.toUpperCase()}${a}${c}ñ`;
}

test('a course, from its plan to its end', async (s) => {
  const diego = await as('diego');
  const page = diego.page;
  const first = `Ana ${canary('trainee')} Ejemplo`;
  let path;

  await s.test('he lands on what needs doing, and plans a course', async () => {
    assert.equal(new URL(page.url()).pathname, '/capacitacion');
    await says(page, 'training-due');
    await page.goto('/capacitacion/cursos/nuevo');
    const bad = await send(page, '/cursos/nuevo', { curriculum: 'investigation', threshold: '120', room: "Salón d'Ejemplo" });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-training-threshold');
    assert.equal(await page.locator('[name=room]').inputValue(), "Salón d'Ejemplo");
    path = await course(page);
    await send(page, '/cupos', { institution: 'mp', seats: '20' });
    assert.match(await text(page), /Ministerio Público[^]*20/);
  });

  await s.test('somebody new gets a place; whoever is alike is shown, and a person decides', async () => {
    await page.goto(`/capacitacion/personas/nueva?curso=${path.split('/').pop()}`);
    await send(page, '/personas/nueva', { name: first, institution: 'mp', post: 'prosecutor' });
    await page.goto(`/capacitacion/personas/nueva?curso=${path.split('/').pop()}`);
    const alike = await send(page, '/personas/nueva', { name: first.toUpperCase(), institution: 'mp' });
    assert.equal(alike.status(), 422);
    await says(page, 'training-perhaps');
    await page.locator('[name=who]').first().check();
    await send(page, '/personas/nueva', {});
    assert.equal(await page.locator('main tbody tr').count(), 1, 'one person, one place');
  });

  await s.test('by telephone: the wall needs no account, and tells nothing of others', async () => {
    await page.goto(`${path}/sesiones/1`);
    const wall = await page.locator('main a[href^="/asistir/pantalla/"]').getAttribute('href');
    const phone = await visitor({ width: 360, height: 740 });
    await phone.page.goto(wall);
    const link = new URL((await phone.page.locator('.code').innerText()).trim()).pathname;
    assert.equal((await phone.page.goto('/asistir/00000000000000000000')).status(), 410);
    await phone.page.goto(link);
    assert.ok(!(await phone.page.content()).includes(first));
    const wrong = await send(phone.page, link, { code: 'T-222222' });
    assert.equal(wrong.status(), 422);
    await says(phone.page, 'problem-training-badge');
    await send(phone.page, link, { code: '', institution: 'mp', name: first.toLowerCase() });
    await says(phone.page, 'attend-thanks-text');
    await phone.page.goto(link);
    await send(phone.page, link, { institution: 'mp', name: `Otra ${canary('claim')}` });
    await says(phone.page, 'attend-thanks-text');
    assert.ok(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
    await phone.close();
    await page.reload();
    await says(page, 'training-claims');
    await send(page, page.locator('#nombres form').first(), { who: 'new' });
    assert.match(await text(page), new RegExp(t('training-came').replace('{ $n }', '2').replace('{ $of }', '2').slice(0, 12)));
  });

  await s.test('the list is kept while there is no signal, and sent when it is back', async () => {
    // The rest of this walk runs without scripts; asking whether the server is there needs one.
    const laptop = await as('diego', { js: true });
    const p = laptop.page;
    await p.goto(`${path}/sesiones/1`);
    const list = p.locator('form[data-keep]');
    const last = list.locator('[type=radio][value=excused]').last();
    await last.check();
    await laptop.context.setOffline(true);
    await list.locator('button').click();
    await list.locator('[role=alert]').waitFor({ state: 'visible' });
    assert.ok(await last.isChecked());
    await laptop.context.setOffline(false);
    await follow(p, () => list.locator('button').click());
    assert.ok(await last.isChecked());
    assert.ok(await list.locator('[role=alert]').isHidden());
    assert.equal(await p.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('marks')).length), 0);
    await laptop.close();
    await page.goto(`${path}/sesiones/1`);
  });

  await s.test('the session and the course are closed, and a correction changes what is counted', async () => {
    await send(page, '/sesiones/1/estado', {}, { button: 'training-hold' });
    await says(page, 'training-held-text');
    await page.goto(path);
    await send(page, page.locator('form[action$="/estado"]'), {}, { button: 'training-close' });
    await says(page, 'training-reopen-text');
    const completed = async () => (await page.locator('dl.facts dd').allInnerTexts()).at(-1);
    assert.equal(await completed(), '1');
    await page.goto(`${path}/sesiones/1`);
    await page.locator('form[data-keep] [type=radio][value=present]').last().check();
    await follow(page, () => page.locator('form[data-keep] button').click());
    await page.goto(path);
    assert.equal(await completed(), '2');
  });

  await s.test('monitoring sees the course and no name', async () => {
    const sofia = await as('sofia');
    await sofia.page.goto(path);
    await says(sofia.page, 'training-seats');
    assert.ok(!(await sofia.page.content()).includes(first));
    assert.equal((await sofia.page.goto(`${path}/personas`)).status(), 403);
    await sofia.close();
  });
  await diego.close();
});

test('forty rows are typed by keyboard alone', async () => {
  const diego = await as('diego', { js: true });
  const page = diego.page;
  const path = await course(page);
  await page.goto(`${path}/sesiones/1`);
  await send(page, '/hojas', {}, { button: 'training-paper-print' });
  const sheet = new URL(page.url()).pathname.replace('/imprimir', '');
  assert.equal(await page.locator('main tbody tr').count(), 40);
  await page.goto(sheet);
  // From here on nothing is touched but keys: each is counted, and so is whatever a pointer does.
  await page.evaluate(() => {
    window.pointed = 0;
    for (const what of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(what, () => { window.pointed += 1; }, true);
  });
  let keys = 0;
  const press = async (key) => { keys += 1; await page.keyboard.press(key); };
  const type = async (words) => { keys += [...words].length; await page.keyboard.type(words); };
  const at = () => page.evaluate(() => document.activeElement.name);
  for (let n = 0; n < 60 && (await at()) !== 'name-1'; n++) await press('Tab');
  assert.equal(await at(), 'name-1');
  const reached = keys;
  const begun = Date.now();
  for (let n = 1; n <= 40; n++) {
    assert.equal(await at(), `name-${n}`);
    await type(name(n));
    // Institution and post are written where they change: three times in forty rows.
    const from = { 1: ['mp', 'fiscal'], 16: ['oj', 'jueza'], 28: ['policía nac', 'investigador'] }[n];
    if (from) {
      await press('Tab');
      await type(from[0]);
      await press('Tab');
      await type(from[1]);
    }
    if (n < 40) await press('Enter');
  }
  assert.equal(await page.evaluate(() => window.pointed), 0, 'a mouse was used');
  const letters = Array.from({ length: 40 }, (_, n) => [...name(n + 1)].length).reduce((a, b) => a + b, 0) + ['mp', 'fiscal', 'oj', 'jueza', 'policía nac', 'investigador'].join('').length;
  // One key a row besides what is written, and two tabs where the institution changes.
  assert.equal(keys - reached, letters + 39 + 6);
  // In the last row Enter sends.
  await press('Enter');
  await page.locator('main .notice[data-mood=ok]').waitFor();
  assert.ok((keys - reached) * A_KEY.good < 120, 'forty names that nobody knew: two minutes for a good typist');
  console.log(`forty rows: ${keys - reached} keys, ${reached} to reach the first, ${((Date.now() - begun) / 1000).toFixed(1)} s by a machine`);
  assert.match(await text(page), /40 personas presentes/);
  await page.goto(`${path}/personas`);
  const rows = await page.locator('main tbody tr').allInnerTexts();
  const of = (words) => rows.filter((row) => row.includes(words)).length;
  assert.deepEqual([rows.length, of('(MP)'), of('(OJ)'), of('(PNC)')], [40, 15, 12, 13]);
  // Typed again it adds nobody.
  await page.goto(sheet);
  await send(page, sheet, {});
  await page.goto(`${path}/personas`);
  assert.equal(await page.locator('main tbody tr').count(), 40);
  // On the sheet of the next session they stand already: a box for each who came, and whoever types needs no practice.
  await page.goto(path);
  await send(page, '/sesiones', { module: 'interview', on: day(0), starts: now() });
  await page.goto(`${path}/sesiones/2`);
  await send(page, '/hojas', {}, { button: 'training-paper-print' });
  await page.goto(new URL(page.url()).pathname.replace('/imprimir', ''));
  keys = 0;
  const box = () => page.evaluate(() => (document.activeElement.name === 'present' ? Number(document.activeElement.value) : 0));
  for (let n = 0; n < 60 && (await box()) !== 1; n++) await press('Tab');
  const away = [4, 11, 12, 29, 37];
  for (let n = 1; n <= 40; n++) {
    assert.equal(await box(), n);
    if (!away.includes(n)) await press('Space');
    await press('Tab');
  }
  // Past the rows for whoever comes unexpected.
  for (let n = 0; n < 60 && !(await page.evaluate(() => document.activeElement.matches('button'))); n++) await press('Tab');
  await press('Enter');
  await page.locator('main .notice[data-mood=ok]').waitFor();
  assert.match(await text(page), /35 personas presentes/);
  console.log(`forty names that stand on the sheet: ${keys} keys`);
  assert.ok(keys * A_KEY.anybody < 60, 'one minute for anybody');
  // What is wrong is said at its row, and what was typed is still there.
  await page.goto(`${path}/sesiones/1`);
  await send(page, '/hojas', {}, { button: 'training-paper-print' });
  await page.goto(new URL(page.url()).pathname.replace('/imprimir', ''));
  const blank = await page.locator('[name^="name-"]').first().getAttribute('name');
  const n = blank.split('-')[1];
  const bad = await send(page, form(page, new URL(page.url()).pathname), { [blank]: "Ix K'inal D’Ejemplo", [`institution-${n}`]: 'zzz' });
  assert.equal(bad.status(), 422);
  assert.equal(await page.locator(`[name="${blank}"]`).inputValue(), "Ix K'inal D’Ejemplo");
  assert.equal(await page.locator(`[name="institution-${n}"]`).getAttribute('aria-invalid'), 'true');
  await diego.close();
});
