// The house by day and by night: scenarios 5 «No bed», 12 «She ran at recreation», a shift on one shared phone, and the
// rules of who may sleep near whom.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { claim, claimRoom, depart } from '../lib/house.mjs';
import { day, follow, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

const unfold = (page, key) => page.locator('summary', { hasText: like(key) }).first().click();

/** Receives somebody into a bed, and tells her code. */
async function receive(page, name, bed, more = {}) {
  await page.goto('/casa/recibir');
  const sent = await send(page, '/casa/recibir', { chosen_name: name, bed, basis: 'pgn_brought', ...more });
  assert.equal(sent.status(), 200, await text(page));
  const shown = await page.locator('main .card').filter({ hasText: name }).innerText();
  return /C-[0-9A-Z]{5}/.exec(shown)[0];
}

test('a night on one shared phone, at 360 pixels: three touches for a dose, a line, a handover', async (s) => {
  const blanca = await as('blanca', { width: 360, height: 740 });
  const page = blanca.page;
  const name = `Ana María D'León ${canary('nightgirl')}`;
  await page.goto('/casa/recibir');
  const [bed] = await claim(page);
  const code = await receive(page, name, bed);

  await s.test('before a shift begins, what the last one left is read', async () => {
    await page.goto('/casa');
    await says(page, 'shift-read-title');
    await send(page, '/casa/turno', {}, { button: 'shift-begin' });
    assert.ok(!(await text(page)).includes(t('shift-read-title')));
    assert.match(await text(page), like('shift-on'));
  });

  await s.test('her page has nothing of her history, and every step of the night', async () => {
    await page.goto(`/casa/${code}`);
    const shown = await text(page);
    for (const key of ['resident-first', 'medicine-title', 'resident-now', 'out-title', 'move-title', 'leave-link']) assert.ok(shown.includes(t(key)), key);
    assert.equal(await page.locator('main a[href^="/casos/"]').count(), 0, 'the monitora is led to the file');
  });

  await s.test('a medicine she brings is given in one touch, once', async () => {
    await unfold(page, 'medicine-new');
    const wrong = await send(page, '/medicina', { name: 'Inventina', dose: 'una tableta', times: 'cada rato', kind: 'usual' });
    assert.equal(wrong.status(), 422);
    await says(page, 'problem-medicine-times');
    assert.equal(await page.locator('#new-name').inputValue(), 'Inventina');
    await send(page, '/medicina', { times: '' });
    await says(page, 'medicine-as-needed');
    const dose = page.locator('form[action*="/medicina/"]').filter({ has: page.locator('[name=outcome]') }).first();
    await send(page, dose, {}, { button: 'dose-given' });
    await says(page, 'medicine-last');
  });

  await s.test('a controlled one waits for another person', async () => {
    await unfold(page, 'medicine-new');
    await send(page, '/medicina', { name: 'Controlina', dose: 'media tableta', times: '', kind: 'controlled' });
    const card = page.locator('main section').filter({ hasText: 'Controlina' }).last();
    await send(page, card.locator('form').filter({ has: page.locator('[name=outcome]') }).first(), {}, { button: 'dose-given' });
    await says(page, 'medicine-awaits-other');
    const carmen = await as('carmen');
    await carmen.page.goto(`/casa/${code}`);
    await send(carmen.page, carmen.page.locator('form[action*="/dosis/"]').first(), {}, { button: 'medicine-sign' });
    assert.ok(!(await text(carmen.page)).includes(t('medicine-sign')));
    await carmen.close();
  });

  await s.test('a line of the log, and out to school and back', async () => {
    await page.goto(`/casa/${code}`);
    const line = canary('line');
    await send(page, '/bitacora', { line: `Durmió mal. ${line}` });
    assert.ok((await text(page)).includes(line));
    await unfold(page, 'out-title');
    await send(page, '/fuera', { reason: 'school', minutes: '240', with: 'Seño Amalia' });
    await says(page, 'where-out');
    await send(page, '/vuelve', {}, { button: 'back-send' });
    await says(page, 'where-in');
  });

  await s.test('heads are counted from one sheet, and who was not seen is named', async () => {
    await page.goto('/casa/lista');
    const boxes = page.locator('[name=here]');
    for (let n = 1; n < await boxes.count(); n++) await boxes.nth(n).check();
    await send(page, '/casa/lista', {}, { button: 'inside-send' });
    assert.match(await text(page), new RegExp(`${like('inside-absent').source}|${like('inside-all').source}`));
  });

  await s.test('the shift is handed over in words, and ends', async () => {
    await page.goto('/casa/turno');
    const empty = await send(page, '/entrega', { handover: '' });
    assert.equal(empty.status(), 422);
    await says(page, 'problem-handover-empty');
    const words = canary('handover');
    await send(page, '/entrega', { handover: `Todo tranquilo. ${words}` });
    await page.goto('/casa');
    assert.ok((await text(page)).includes(words), 'the next shift is not shown what was left');
  });

  await s.test('the door has a list without whose it is', async () => {
    await page.goto('/casa/puerta');
    assert.ok(!(await text(page)).includes(name));
    await says(page, 'door-always');
  });
  await depart(page, code);
  await blanca.close();
});

test('scenario 12, «She ran at recreation»: steps with their terms, no blame, and her return', async () => {
  const [blanca, carmen] = [await as('blanca'), await as('carmen')];
  const page = blanca.page;
  await page.goto('/casa/recibir');
  const [bed] = await claim(page);
  const code = await receive(page, canary('gonegirl'), bed);
  await page.goto(`/casa/${code}`);
  await follow(page, () => page.getByRole('link', { name: t('missing-link') }).click());
  await says(page, 'missing-before');
  await send(page, '/no-esta', { last_seen: 'En el recreo, junto al portón.', wore: 'Suéter rojo.' }, { button: 'missing-start' });
  for (const key of ['missing-step-alert', 'missing-step-pgn', 'missing-unverified', 'missing-no-blame']) await says(page, key);
  await send(page, page.locator('form[action*="/no-esta/"]').filter({ has: page.locator('button[value=look]') }), {}, { button: 'missing-done-send' });
  await says(page, 'missing-done');
  // A letter to whoever looks for her: what helps to find her, not why she lives here; and it is on the list of what went out.
  const letters = page.locator('form[action$="/no-esta/carta"]');
  assert.ok((await letters.count()) >= 3, 'a letter for police, for who represents her, for the court');
  // A second sheet for the same institution is the same letter.
  for (const _ of [1, 2]) {
    await page.goto(`/casa/${code}/no-esta`);
    const sent = await send(page, letters.first());
    assert.equal(sent.status(), 200, await text(page));
    for (const key of ['search-protect', 'search-asks']) await says(page, key);
  }
  const letter = await text(page);
  assert.ok(letter.includes('Suéter rojo.') && letter.includes('junto al portón'), letter);
  for (const word of ['trata', 'explota', 'albergue', 'M1', code]) assert.ok(!letter.split(t('search-to'))[0].includes(word), `${word} on the letter`);
  await carmen.page.goto(`/casos/${code}/permisos`);
  assert.equal((await text(carmen.page)).split(t('disclosed-how-search')).length - 1, 1, 'it is on the list once');
  await page.goto('/casa');
  await says(page, 'now-missing');
  await carmen.page.goto(`/casa/${code}/no-esta`);
  await send(carmen.page, '/fin', { how: 'came_back', her_words: 'Quería llamar a su abuela.' });
  await page.goto(`/casa/${code}`);
  assert.ok(!(await text(page)).includes(t('now-missing-steps')));
  await depart(page, code);
  await Promise.all([blanca, carmen].map((v) => v.close()));
});

test('two who must be kept apart: the house is told where she may not sleep, and never why', async () => {
  const [blanca, carmen] = [await as('blanca'), await as('carmen')];
  const page = blanca.page;
  await page.goto('/casa/recibir');
  const [near, beside, away] = await claimRoom(page);
  const [one, other] = [canary('apartone'), canary('apartother')];
  const codes = [await receive(page, one, near), await receive(page, other, away)];
  await carmen.page.goto(`/casa/${codes[0]}/aparte`);
  const remark = canary('apartwhy');
  await send(carmen.page, '/aparte', { other: codes[1], reason: 'testimony', remark });
  assert.ok((await text(carmen.page)).includes(remark));
  await page.goto(`/casa/${codes[1]}`);
  await unfold(page, 'move-title');
  const moved = await send(page, '/cama', { bed: beside }, { button: 'move-send' });
  assert.equal(moved.status(), 422);
  const shown = await text(page);
  for (const key of ['rule-apart-room', 'rule-pass-ask']) assert.ok(shown.includes(t(key)), key);
  for (const secret of [remark, one, codes[0]]) assert.ok(!shown.includes(secret), 'the house is told why, or from whom');
  // Who coordinates may, with a reason that stays on record.
  await carmen.page.goto(`/casa/${codes[1]}`);
  await unfold(carmen.page, 'move-title');
  await send(carmen.page, '/cama', { bed: beside }, { button: 'move-send' });
  await says(carmen.page, 'rule-pass-you');
  assert.ok((await text(carmen.page)).includes(codes[0]), 'whoever may read both files is not told about whom it is');
  const passed = await send(carmen.page, '/cama', { bed: beside, pass: 'No hay otra cama esta noche.' }, { button: 'move-send' });
  assert.equal(passed.status(), 200, await text(carmen.page));
  for (const code of codes) await depart(page, code);
  await Promise.all([blanca, carmen].map((v) => v.close()));
});

test('scenario 5, «No bed»: places by profile, the request on the list, and the numbers', async () => {
  const [blanca, sofia] = [await as('blanca'), await as('sofia')];
  const page = blanca.page;
  await page.goto('/casa/sin-cama');
  for (const key of ['no-bed-houses', 'no-bed-call', 'no-bed-record']) await says(page, key);
  const sent = await send(page, '/casa/sin-cama', { reason: 'companions', sex: 'Feminine', age_band: '15-17', companions: '1', language: 'mam', needs: ['pregnant'], asked_by: 'court' });
  assert.equal(sent.status(), 200, await text(page));
  assert.equal(new URL(page.url()).pathname, '/casa/sin-lugar');
  await send(page, page.locator('form[action^="/casa/sin-lugar/"]').first(), {}, { button: 'unmet-placed_elsewhere' });
  await sofia.page.goto('/datos/casas?meses=36');
  for (const key of ['figure-nights', 'figure-refused-why', 'figure-refused']) await says(sofia.page, key);
  await Promise.all([blanca, sofia].map((v) => v.close()));
});

test('a mother comes with her baby: both have a place, and both are counted when the house is left', async () => {
  const blanca = await as('blanca');
  const page = blanca.page;
  await page.goto('/casa/recibir');
  const [bed] = await claim(page);
  const name = canary('mother');
  const code = await receive(page, name, bed, { child: 'Lucerito', child_age: 'tres meses' });
  await page.goto('/casa/lista');
  assert.match(await page.locator('label').filter({ hasText: name }).innerText(), /Lucerito/);
  await page.goto(`/casa/${code}`);
  assert.match(await text(page), /tres meses/);
  await depart(page, code);
  await blanca.close();
});

test('the house by keyboard alone: from the list to a line of the log', async () => {
  const blanca = await as('blanca');
  const page = blanca.page;
  await page.goto('/casa');
  const reach = async (selector) => {
    for (let n = 0; n < 60; n++) {
      if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`the keyboard does not reach ${selector}`);
  };
  await reach('main .card a[href^="/casa/C-"]');
  await follow(page, () => page.keyboard.press('Enter'));
  await page.waitForURL(/\/casa\/C-/);
  await reach('textarea[name=line]');
  const words = canary('keys');
  await page.keyboard.type(`Tranquila. ${words}`);
  await reach('form[action$="/bitacora"] button');
  await follow(page, () => page.keyboard.press('Enter'));
  assert.ok((await text(page)).includes(words));
  await blanca.close();
});

test('scenario 14, «Turned 18»: ninety days before, her plan asks, and her leaving is prepared with her', async () => {
  const [abel, blanca] = [await as('abel'), await as('blanca')];
  const soon = day(60);
  const name = canary('eighteen');
  const code = await open(abel, { chosen_name: name, site: 'M1', years: '', birth: { ...soon, year: String(Number(soon.year) - 18) } });
  await blanca.page.goto('/casa/recibir');
  const [bed] = await claim(blanca.page);
  await send(blanca.page, '/casa/recibir', { code, bed, basis: 'court_by_phone' });
  await blanca.page.goto('/casa');
  assert.match(await text(blanca.page), new RegExp(`${name}[^\\n]*60`));
  await abel.page.goto(`/casos/${code}`);
  await says(abel.page, 'task-of-age');
  assert.ok(!(await text(abel.page)).includes(`${soon.day}/`), 'her birthday stands in clear');
  await follow(abel.page, () => abel.page.getByRole('link', { name: t('exit-title') }).click());
  const wish = canary('wish');
  const bad = await send(abel.page, '/egreso', { destination: 'independent', checked: ['plan', 'documents'], wish });
  assert.equal(bad.status(), 422);
  assert.equal(await abel.page.locator('[name=wish]').inputValue(), wish);
  await send(abel.page, '/egreso', { reason: 'of_age' });
  assert.match(await text(abel.page), /4 cosas/);
  await blanca.page.goto(`/casa/${code}`);
  assert.ok(!(await text(blanca.page)).includes(wish), 'the house reads her wish');
  await send(blanca.page, '/sale', { hours: '0' }, { button: 'leave-planned' });
  await abel.page.goto(`/casos/${code}`);
  for (const task of ['after-week', 'after-month', 'after-three', 'after-six', 'after-twelve']) await says(abel.page, `task-${task}`);
  await Promise.all([abel, blanca].map((v) => v.close()));
});

test('a visitor who is authorised comes in, and a name like one on the list is looked at twice', async () => {
  const [blanca, carmen] = [await as('blanca'), await as('carmen')];
  const [one, other] = [canary('visitone'), canary('visitother')];
  const stranger = `Noexistino ${canary('visitor')}`;
  await blanca.page.goto('/casa/recibir');
  const beds = await claim(blanca.page, 2);
  const first = await receive(blanca.page, one, beds[0], { keep_away: `${stranger}, moto azul` });
  const code = await receive(blanca.page, other, beds[1]);
  await carmen.page.goto(`/casos/${code}/visitas`);
  await send(carmen.page, '/visitas', { name: stranger, relation: 'relative', until: day(3) });
  const page = blanca.page;
  await page.goto(`/casa/${code}`);
  const entry = page.locator('form[action*="/visita/"]').first();
  const stopped = await send(page, entry, {}, { button: 'visit-in' });
  assert.equal(stopped.status(), 422);
  await says(page, 'problem-visitor-on-list');
  // Outside the hours of visit the door asks why; nothing that was said already is asked again.
  const closed = await page.locator('[name=outside]').count();
  if (closed) {
    const why = await send(page, page.locator('form[action*="/visita/"]').first(), { looked: ['yes'] }, { button: 'visit-in' });
    assert.equal(why.status(), 422);
    await says(page, 'problem-visit-outside');
    assert.ok(await page.locator('[name=looked]').first().isChecked(), 'that the list was looked at is lost');
  }
  await send(page, page.locator('form[action*="/visita/"]').first(), { looked: ['yes'], outside: closed ? 'Viene de lejos.' : undefined }, { button: 'visit-in' });
  await says(page, 'visit-out');
  for (const left of [first, code]) await depart(page, left);
  await Promise.all([blanca, carmen].map((v) => v.close()));
});
