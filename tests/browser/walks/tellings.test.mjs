// Telling it once: the count, a request of another institution, the letter that proposes what exists, and the proceeding's points.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { answer, day, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

test('scenario 7, «Do not tell it again»', async (s) => {
  const lucia = await as('lucia');
  const [name, book] = [canary('toldname'), canary('book')];
  const code = await open(lucia, { chosen_name: name });
  const file = `/casos/${code}/relatos`;
  const add = () => lucia.page.locator('main form[action$="/relatos"]');
  const tell = (purpose, values) => send(lucia.page, add(), { purpose, who: `Institución ${canary('who')}`, ...values });

  await s.test('three interviews are counted, with where and whether they could be avoided', async () => {
    for (const [n, purpose] of ['needs', 'health', 'police'].entries()) {
      await lucia.page.goto(file);
      const more = purpose === 'police' ? { place: 'office', asked_by: 'police', avoidable: 'yes', record: `Libro ${book}` } : {};
      const response = await tell(purpose, { on: day(-3 + n), ...more });
      assert.equal(response.status(), 200, await text(lucia.page));
    }
    await lucia.page.goto(`/casos/${code}`);
    const told = await lucia.page.locator('.told').innerText();
    assert.match(told, like('told-times'));
    assert.match(told, /3|tres/);
  });

  await s.test('«it could not be avoided» wants to know why', async () => {
    await lucia.page.goto(file);
    const response = await tell('court', { on: day(-1), avoidable: 'no' });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-telling-why-not');
  });

  await s.test('another one is warned about before it can be planned', async () => {
    await lucia.page.goto(file);
    const response = await tell('prosecutor', { on: day(5) });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-told-already');
    await says(lucia.page, 'telling-warning');
    await answer(add(), { aware: ['yes'] });
    assert.equal((await send(lucia.page, add())).status(), 200, await text(lucia.page));
    assert.match(await text(lucia.page), /3 veces/, 'a planned one is not counted');
  });

  await s.test('the prosecutor asks: what is known stands there, and the answer is drafted', async () => {
    await lucia.page.goto(file);
    const ask = () => lucia.page.locator('main form[action$="/relatos/pedido"]');
    const empty = await send(lucia.page, ask(), { by: 'Unidad inventada', purpose: 'prosecutor' });
    assert.equal(empty.status(), 422);
    await says(lucia.page, 'problem-choose');
    await says(lucia.page, 'tellings-no-evidence');
    const to = await ask().locator('[name=institution] option').filter({ hasText: 'Fiscalía' }).first().getAttribute('value');
    const response = await send(lucia.page, ask(), { institution: to, by: 'Unidad inventada', purpose: 'prosecutor' });
    assert.equal(response.status(), 200, await text(lucia.page));
    await says(lucia.page, 'state-telling_request-asked');
  });

  await s.test('without her permission the letter says nothing of her, and proposes one statement as advance evidence', async () => {
    await go(lucia.page, 'request-letter');
    await says(lucia.page, 'letter-propose-advance_evidence');
    await says(lucia.page, 'letter-propose-gesell');
    await says(lucia.page, 'request-silent');
    const letter = await lucia.page.locator('main table').innerText();
    assert.doesNotMatch(letter, /3 veces/);
    assert.ok(!letter.includes(name), 'her name is not on it');
    assert.match(await lucia.page.locator('main tfoot').innerText(), /Fiscalía/, 'each page says for whom it is');
  });

  await s.test('with it the letter says how often and where, and what she told is nowhere', async () => {
    await lucia.page.goto(`/casos/${code}/permisos`);
    const to = await form(lucia.page, '/permisos').locator('[name=recipient] option').filter({ hasText: 'Fiscalía' }).first().getAttribute('value');
    const yes = { purpose: 'share_named_partner', recipient: to, data: ['legal'], answer: 'yes', assent: 'yes', by: 'pgn', how: 'spoken', language: 'spa', until: day(90) };
    assert.equal((await send(lucia.page, '/permisos', yes)).status(), 200, await text(lucia.page));
    await lucia.page.goto(file);
    await go(lucia.page, 'request-letter');
    const letter = await lucia.page.locator('main table').innerText();
    assert.match(letter, /3 veces/);
    assert.ok(!letter.includes(name), 'her name is not on it');
    assert.ok(letter.includes(book), 'where the record is');
    await send(lucia.page, '/entregada');
    await says(lucia.page, 'state-telling_request-answered');
    await lucia.page.goto(`/casos/${code}/permisos`);
    await says(lucia.page, 'disclosed-how-letter');
    await says(lucia.page, 'letter-field-times');
  });

  await s.test('she was spared it: noted once', async () => {
    await lucia.page.goto(file);
    assert.equal((await send(lucia.page, '/fin', { how: 'avoided' })).status(), 200, await text(lucia.page));
    await says(lucia.page, 'state-telling_request-avoided');
    assert.equal(await lucia.page.locator('main form[action$="/fin"]').count(), 0);
  });
  await lucia.close();
});

test('her lawyer sees whether the proceeding is centred on her, and what she is owed', async (s) => {
  const julio = await as('julio');
  await julio.page.goto('/casos');
  const luz = await julio.page.locator('main table tr').filter({ hasText: /\bLuz\b/ }).locator('a[href^="/casos/C-"]').first().getAttribute('href');
  await julio.page.goto(`${luz}/audiencias`);
  const proceedings = await julio.page.getByRole('link', { name: t('proceeding-open') }).evaluateAll((all) => all.map((e) => e.href));
  // The one in which reparation was asked for: another walk adds a proceeding of its own.
  for (const one of proceedings) {
    await julio.page.goto(one);
    if (await julio.page.locator('main form[action$="/decision"]').count()) break;
  }
  const page = julio.page.url();

  await s.test('each point says how it stands, why it matters, and that nobody verified it', async () => {
    for (const key of ['score-met', 'score-not_known']) await says(julio.page, key);
    const why = julio.page.locator('main details', { hasText: t('score-source') }).first();
    await why.locator('summary').click();
    assert.match(await why.innerText(), like('score-unverified'));
  });

  await s.test('what the file does not say she answers', async () => {
    assert.equal((await send(julio.page, '/puntos', { 'p-private_waiting': 'not_met' })).status(), 200, await text(julio.page));
    await says(julio.page, 'score-not_met');
  });

  await s.test('an amount that could be two is refused and stays typed; what is paid lowers what is owed', async () => {
    const owed = () => julio.page.locator('main form[action$="/decision"]').first();
    const wrong = await send(julio.page, owed(), { how: 'ordered', amount: '12,50', decided: day(-1) });
    assert.equal(wrong.status(), 422);
    await says(julio.page, 'problem-reparation-amount');
    assert.ok(await julio.page.locator('main input[name=amount]').evaluateAll((all) => all.some((e) => e.value === '12,50')));
    await julio.page.goto(page);
    assert.equal((await send(julio.page, owed(), { how: 'ordered', amount: '1,000', decided: day(-1) })).status(), 200);
    const pay = julio.page.locator('main form[action$="/pago"]').first();
    assert.equal((await send(julio.page, pay, { amount: '400.50', paid: day(0), receipt: 'Recibo' })).status(), 200, await text(julio.page));
    assert.match(await text(julio.page), /Q.599\.50/);
  });
  await julio.close();
});

test('numbers of proceedings hide few people', async () => {
  const sofia = await as('sofia');
  await sofia.page.goto('/datos/procesos?meses=12');
  for (const key of ['figure-points', 'figure-point-who', 'figure-point-when', 'figure-requests']) await says(sofia.page, key);
  assert.match(await text(sofia.page), like('hidden'));
  await sofia.close();
});
