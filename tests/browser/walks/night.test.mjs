// Scenario 6, «Arrival at 2 a.m.»: Blanca receives a girl with five answers; the rest waits for daylight.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PASSWORD, as, done } from '../lib/browser.mjs';
import { ask, cookies } from '../lib/checks.mjs';
import { claim, depart, offered } from '../lib/house.mjs';
import { answer, day, follow, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** The smallest picture there is, with a place written into it, as phones do. */
function photo(place) {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64');
  const body = Buffer.concat([Buffer.from('tEXt'), Buffer.from(`Comment\0${place}`)]);
  const chunk = Buffer.alloc(8);
  chunk.writeUInt32BE(body.length - 4);
  let crc = -1;
  for (const byte of body) { crc ^= byte; for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1)); }
  chunk.writeInt32BE(~crc, 4);
  const text = Buffer.concat([chunk.subarray(0, 4), body, chunk.subarray(4)]);
  return { name: 'IMG_0231.png', mimeType: 'image/png', buffer: Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]) };
}
/** Opens a folded part of the page. */
const unfold = (page, key) => page.locator('summary', { hasText: like(key) }).first().click();
const cards = (page, words) => page.locator('main .card').filter({ hasText: words });

test('scenario 6, «Arrival at 2 a.m.»', async (s) => {
  const [blanca, abel] = [await as('blanca'), await as('abel')];
  const page = blanca.page;
  const name = `María D'Ángelo ${canary('nightname')}`;
  const [allergy, door, place] = [canary('allergy'), canary('door'), canary('place')];
  let bed, code;

  await s.test('she lands on the house and opens one page with five fields', async () => {
    assert.equal(new URL(page.url()).pathname, '/casa');
    await go(page, 'admit-link');
    assert.equal(new URL(page.url()).pathname, '/casa/recibir');
    const asked = await page.locator('main :is(input:not([type=hidden]), select, textarea):visible').evaluateAll((all) => [...new Set(all.map((e) => e.name.split('@')[0]))]);
    assert.deepEqual(asked, ['chosen_name', 'bedside', 'keep_away', 'bed', 'file', 'order_day']);
    assert.ok(!/qué le (pasó|hicieron)/i.test((await text(page)).replace(t('admit-text'), '')));
  });

  await s.test('an order without its date is asked for, and all that was typed is still there', async () => {
    [bed] = await claim(page);
    await page.locator('[name=file]').setInputFiles(photo(place));
    const sent = await send(page, '/casa/recibir', { chosen_name: name, bedside: `Penicilina no. ${allergy}`, keep_away: `Gorra roja, moto azul. ${door}`, bed });
    assert.equal(sent.status(), 422);
    await says(page, 'problem-order-day');
    assert.equal(await page.locator('[name=chosen_name]').inputValue(), name);
    assert.ok((await page.locator('[name=keep_away]').inputValue()).includes(door));
    assert.equal(await page.locator('[name=bed]').inputValue(), bed);
  });

  await s.test('with it she is received: on the list of the house with allergies and door list, at once', async () => {
    await page.locator('[name=file]').setInputFiles(photo(place));
    const sent = await send(page, '/casa/recibir', { order_day: day(-1) });
    assert.equal(sent.status(), 200, await text(page));
    await says(page, 'admit-done-rest');
    const card = cards(page, name);
    assert.equal(await card.count(), 1);
    const shown = await card.innerText();
    for (const words of [allergy, door, bed]) assert.ok(shown.includes(words), `the card does not say ${words}`);
    code = /C-[0-9A-Z]{5}/.exec(shown)[0];
  });

  await s.test('the same bed a second time is refused, and the text stays', async () => {
    const other = `Nohemí ${canary('second')}`;
    await page.goto('/casa/recibir');
    assert.ok(!(await offered(page)).includes(bed), 'the bed is offered again');
    await page.locator('[name=bed] option').last().evaluate((o, b) => { o.value = b; }, bed);
    const sent = await send(page, '/casa/recibir', { chosen_name: other, bedside: 'ninguna', bed, basis: 'pgn_brought' });
    assert.equal(sent.status(), 422);
    await says(page, 'problem-bed-taken');
    assert.equal(await page.locator('[name=chosen_name]').inputValue(), other);
    assert.equal(await page.locator('[name=basis]').inputValue(), 'pgn_brought');
    const mended = await send(page, '/casa/recibir', { bed: (await claim(page))[0] });
    assert.equal(mended.status(), 200, await text(page));
    assert.equal(await cards(page, other).count(), 1);
    await depart(page, /C-[0-9A-Z]{5}/.exec(await cards(page, other).innerText())[0]);
  });

  await s.test('the same form sent twice receives her once', async () => {
    const third = `Sonia ${canary('third')}`;
    await page.goto('/casa/recibir');
    await answer(form(page, '/casa/recibir'), { chosen_name: third, bed: (await claim(page))[0], basis: 'life_in_danger' });
    const fields = await form(page, '/casa/recibir').evaluate((f) => [...new FormData(f)].filter(([, v]) => typeof v === 'string'));
    const jar = await cookies(blanca);
    const post = () => ask('/casa/recibir', { method: 'POST', cookies: jar, body: Object.fromEntries(fields) });
    const [one, two] = [await post(), await post()];
    assert.deepEqual([one.status, two.status], [303, 303], one.text.slice(0, 300));
    assert.equal(one.headers.location, two.headers.location);
    await page.goto('/casa');
    assert.equal(await cards(page, third).count(), 1);
    await depart(page, /C-[0-9A-Z]{5}/.exec(await cards(page, third).innerText())[0]);
  });

  await s.test('in the morning the rest is there as tasks, and the photo without what it told', async () => {
    await abel.page.goto(`/casos/${code}`);
    for (const task of ['health', 'belongings', 'rules', 'lawyer', 'identity']) await says(abel.page, `task-arrival-${task}`);
    assert.ok((await text(abel.page)).includes(door), 'the door is not in the banner of the file');
    await abel.page.goto(`/casos/${code}/documentos`);
    const file = await abel.page.locator('main table a').first().getAttribute('href');
    const got = await abel.context.request.get(file);
    const bytes = await got.body();
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(!bytes.includes(place), 'the photo still tells the place');
    for (const section of ['', '/cronologia', '/servicios', '/red']) {
      await abel.page.goto(`/casos/${code}${section}`);
      assert.ok(!(await text(abel.page)).includes(allergy), `the social worker reads the allergies on ${section}`);
    }
  });

  await s.test('she leaves, without blame: the bed is free', async () => {
    await page.goto(`/casa/${code}`);
    await unfold(page, 'leave-link');
    await send(page, '/sale', { hours: '0' }, { button: 'leave-planned' });
    assert.equal(await cards(page, name).count(), 0);
    await page.goto('/casa/recibir');
    assert.ok((await offered(page)).includes(bed));
  });

  await s.test('she comes back with her code', async () => {
    const sent = await send(page, '/casa/recibir', { code, bed, basis: 'court_by_phone' });
    assert.equal(sent.status(), 200, await text(page));
    assert.ok((await cards(page, name).innerText()).includes(allergy), 'what was known of her allergies is lost');
  });

  await s.test('without a bed: what to do, whom to call, and nothing of hers kept', async () => {
    await page.goto('/casa/recibir');
    await send(page, '/casa/recibir', { chosen_name: canary('refused'), bed: 'none' });
    assert.equal(new URL(page.url()).pathname, '/casa/sin-cama');
    for (const key of ['no-bed-stay', 'no-bed-call', 'no-bed-record-text']) await says(page, key);
    await depart(page, code);
  });
  await Promise.all([blanca, abel].map((v) => v.close()));
});

test('what is typed while the session locks at night is given back, and only the photo is asked for again', async () => {
  const blanca = await as('blanca');
  const page = blanca.page;
  await page.goto('/casa/recibir');
  const [bed] = await claim(page);
  const door = `Que no pase nadie que pregunte por ella esta noche. ${canary('lockdoor')}`;
  await answer(form(page, '/casa/recibir'), { chosen_name: canary('lockgirl'), keep_away: door, bed, order_day: day(0) });
  await page.locator('[name=file]').setInputFiles(photo(canary('lockplace')));
  const other = await blanca.context.newPage();
  await other.goto('/casa');
  await follow(other, () => other.getByRole('button', { name: t('shell-lock') }).click());
  await send(page, '/casa/recibir');
  assert.equal(new URL(page.url()).pathname, '/desbloquear');
  await send(page, '/desbloquear', { password: PASSWORD });
  await says(page, 'draft-title');
  const sent = await send(page, '/casa/recibir', {}, { button: 'draft-send' });
  assert.equal(sent.status(), 422);
  assert.match(await text(page), like('problem-order-file'));
  assert.equal(await page.locator('[name=keep_away]').inputValue(), door);
  await blanca.close();
});

test('a case of her own site opened by day is not in the house until she is received', async () => {
  const [abel, blanca] = [await as('abel'), await as('blanca')];
  const name = canary('daycase');
  await open(abel, { chosen_name: name, site: 'M1' });
  await blanca.page.goto('/casa');
  assert.ok(!(await text(blanca.page)).includes(name));
  await Promise.all([abel, blanca].map((v) => v.close()));
});
