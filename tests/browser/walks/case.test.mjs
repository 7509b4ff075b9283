// The file: her «no», a guardian whose word does not count, closing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

const YES = { data: ['needs'], answer: 'yes', assent: 'yes', by: 'pgn', how: 'spoken', language: 'spa', until: day(90) };

test('scenario 8, «She says no»', async (s) => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('noname'), years: '', birth: { day: 2, month: 1, year: new Date().getFullYear() - 20 } });
  const permits = `/casos/${code}/permisos`, services = `/casos/${code}/servicios`, referrals = `/casos/${code}/referencias`;

  await s.test('without a permission nothing can be sent, and the button says why', async () => {
    await lucia.page.goto(referrals);
    const off = lucia.page.locator('button[aria-disabled=true]').filter({ hasText: t('referral-send') });
    assert.equal(await off.count(), 1);
    assert.match(await off.innerText(), like('referral-no-grant'));
    assert.equal(await lucia.page.locator('a[href*="/referencias/nueva/"]').count(), 0);
  });

  await s.test('her «no» is kept as a «no»', async () => {
    await lucia.page.goto(permits);
    const to = await lucia.page.locator('[name=recipient] option').nth(1).getAttribute('value');
    await send(lucia.page, '/permisos', { ...YES, assent: undefined, by: 'self', purpose: 'share_justice', recipient: to, answer: 'no' });
    await says(lucia.page, 'state-consent-refused');
    await lucia.page.goto(referrals);
    assert.equal(await lucia.page.locator('a[href*="/referencias/nueva/"]').count(), 0, 'after her «no» something can be sent');
  });

  await s.test('a referral that is sent past the page is refused', async () => {
    await lucia.page.goto(permits);
    const to = await lucia.page.locator('[name=recipient] option').nth(1).getAttribute('value');
    const tokens = await form(lucia.page, '/permisos').evaluate((f) => ({ csrf: f.csrf.value, once: f.once.value }));
    const response = await lucia.context.request.post(`/casos/${code}/referencias`, { form: { ...tokens, institution: to, service: 'legal_advice', need: 'x', fields: 'age', way: 'told', days: '14' } });
    assert.ok([403, 404].includes(response.status()), `answered ${response.status()}`);
    await lucia.page.goto(referrals);
    await says(lucia.page, 'referrals-none');
  });

  await s.test('care goes on: a service is given all the same', async () => {
    await lucia.page.goto(services);
    const response = await send(lucia.page, '/servicios', { kind: 'psychology', amount: '1', on: day(0) });
    assert.equal(response.status(), 200, await text(lucia.page));
  });

  await s.test('a «yes» to one institution opens that one only; taken back, it is closed again', async () => {
    await lucia.page.goto(permits);
    const option = lucia.page.locator('[name=recipient] option').nth(2);
    const [to, name] = [await option.getAttribute('value'), await option.innerText()];
    const response = await send(lucia.page, '/permisos', { ...YES, assent: undefined, by: 'self', purpose: 'share_named_partner', recipient: to });
    assert.equal(response.status(), 200, (await lucia.page.locator('.wrong').allInnerTexts()).join());
    await lucia.page.goto(referrals);
    const offered = await lucia.page.locator('a[href*="/referencias/nueva/"]').evaluateAll((all) => all.map((e) => e.href.split('/').pop()));
    assert.deepEqual(offered, [to]);
    await lucia.page.goto(`${referrals}/nueva/${to}`);
    const box = (field) => lucia.page.locator(`[name=fields][value=${field}]`);
    assert.ok(await box('document').isDisabled(), 'what she did not allow can be ticked');
    await box('document').evaluate((e) => { e.disabled = false; e.checked = true; });
    const need = canary('need');
    const over = await send(lucia.page, '/referencias', { service: 'legal_advice', need, way: 'told' });
    assert.equal(over.status(), 422, 'data that she did not allow can be sent');
    assert.equal(await lucia.page.locator('[name=need]').inputValue(), need);
    const sent = await send(lucia.page, '/referencias', { fields: ['age'] });
    assert.equal(sent.status(), 200, await text(lucia.page));
    assert.ok((await text(lucia.page)).includes(name));
    await lucia.page.goto(permits);
    await send(lucia.page, '/retirar');
    await lucia.page.goto(referrals);
    assert.equal(await lucia.page.locator('a[href*="/referencias/nueva/"]').count(), 0);
    await says(lucia.page, 'state-referral-cancelled');
  });
  await lucia.close();
});

test('scenario 9, «Mother is the trafficker»', async (s) => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('guarded'), years: '13' });
  const permits = `/casos/${code}/permisos`;

  await s.test('the mark says what follows from it', async () => {
    await lucia.page.goto(permits);
    assert.match(await form(lucia.page, '/tutela').innerText(), like('guardian-consequence'));
    await send(lucia.page, '/tutela');
    await says(lucia.page, 'guardian-invalid');
  });

  await s.test('a permission that the mother signs is not taken, and what was typed is kept', async () => {
    const response = await send(lucia.page, '/permisos', { ...YES, purpose: 'services', by: 'mother', legal_basis: canary('basis') });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-guardian-invalid');
    assert.equal(await lucia.page.locator('[name=by]').inputValue(), 'mother');
  });

  await s.test('PGN represents her', async () => {
    const response = await send(lucia.page, '/permisos', { by: 'pgn' });
    assert.equal(response.status(), 200, await text(lucia.page));
    assert.ok((await text(lucia.page)).includes('La PGN'), 'the country\'s list has no word for her representative');
  });

  await s.test('a girl who does not assent is not overruled', async () => {
    const response = await send(lucia.page, '/permisos', { ...YES, purpose: 'media', assent: 'no' });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-assent');
  });

  await s.test('her «no» needs no more than a «no»', async () => {
    await lucia.page.goto(permits);
    const response = await send(lucia.page, '/permisos', { ...YES, purpose: 'research', answer: 'no', assent: undefined });
    assert.equal(response.status(), 200);
    const missing = (await text(lucia.page)).match(/⟦[^⟧]*⟧/g) ?? [];
    assert.deepEqual(missing, []);
  });

  await s.test('the mark is in the log of the file', async () => {
    await lucia.page.goto(`/casos/${code}/accesos`);
    const shown = await text(lucia.page);
    assert.match(shown, /Lucía/);
    assert.ok(!shown.includes('⟦access-act'), 'the log has an entry without words');
  });
  await lucia.close();
});

test('closing a case takes two people', async (s) => {
  const lucia = await as('lucia');
  const nora = await as('nora');
  const code = await open(lucia, { chosen_name: canary('closedname') });
  const closing = `/casos/${code}/cierre`;

  await s.test('not before she was told that she may come back', async () => {
    await lucia.page.goto(closing);
    const response = await send(lucia.page, '/cierre', { reason: 'goals_met', checks: ['needs_met'], remark: canary('remark') });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-told-return');
  });

  await s.test('whoever asks does not approve', async () => {
    await send(lucia.page, '/cierre', { checks: ['told_she_may_return', 'she_agrees'] });
    await says(lucia.page, 'closing-other-approves');
    assert.equal(await form(lucia.page, '/decidir').count(), 0);
    const tokens = await lucia.page.locator('form[action="/bloquear"] [name=csrf]').inputValue();
    const response = await lucia.context.request.post(`${closing}/decidir`, { form: { csrf: tokens, once: crypto.randomUUID(), approve: 'yes' } });
    assert.ok([403, 404].includes(response.status()), `answered ${response.status()}`);
  });

  await s.test('the coordinator finds it on her page of today and approves', async () => {
    await nora.page.goto('/hoy');
    assert.ok((await text(nora.page)).includes(code), 'the coordinator is not told');
    await nora.page.goto(closing);
    await send(nora.page, '/decidir', {}, { button: 'closing-approve' });
    await says(nora.page, 'case-closed-band');
  });

  await s.test('a closed file is read, not written', async () => {
    await lucia.page.goto(`/casos/${code}/cronologia`);
    assert.equal(await form(lucia.page, '/cronologia').count(), 0);
    for (const section of ['plan', 'seguridad', 'servicios', 'permisos']) {
      await lucia.page.goto(`/casos/${code}/${section}`);
      assert.equal(await lucia.page.locator(`main form[method=post]`).count(), 0, `${section} has a form`);
    }
  });

  await s.test('but for how she is later on: when she is asked is said, and who may note it can', async () => {
    await lucia.page.goto(`/casos/${code}`);
    await says(lucia.page, 'follow-due-months12');
    await nora.page.goto(`/casos/${code}/seguimiento`);
    assert.equal(await form(nora.page, '/seguimiento').count(), 0, 'who coordinates did not have it');
  });

  await s.test('the coordinator opens it again as a new case, linked to the old one', async () => {
    await nora.page.goto(closing);
    await send(nora.page, '/reabrir');
    const again = new URL(nora.page.url()).pathname.split('/').pop();
    assert.match(again, /^C-/);
    assert.notEqual(again, code);
  });
  await lucia.close();
  await nora.close();
});

test('half a year after closing', async (s) => {
  const [lucia, nora] = [await as('lucia'), await as('nora')];
  const { page } = lucia;
  const remark = canary('asked');
  let code;

  await s.test('her page of today says whom to ask, and leads to a form of few fields', async () => {
    await page.goto('/hoy');
    await says(page, 'today-follow');
    const link = page.locator('main a[href$="/seguimiento"]').first();
    code = (await link.getAttribute('href')).split('/')[2];
    await follow(page, () => link.click());
    await says(page, 'follow-now');
    const bad = await send(page, '/seguimiento', { result: 'reached', remark });
    assert.equal(bad.status(), 422);
    assert.equal(await page.locator('[name=remark]').inputValue(), remark, 'what was typed is lost');
  });

  await s.test('not reached stays due; reached is done, and she wants support', async () => {
    await send(page, '/seguimiento', { result: 'not_reached', channel: 'call', remark: '' });
    await says(page, 'follow-tried');
    await says(page, 'follow-now');
    await send(page, '/seguimiento', { result: 'reached', safe: 'yes', home: 'yes', doing: 'study', support: 'yes', remark });
    await says(page, 'follow-done');
    await says(page, 'followup-doing-study');
    await page.goto('/hoy');
    assert.ok(!(await page.locator('main a[href$="/seguimiento"]').evaluateAll((all) => all.map((a) => a.href))).some((h) => h.includes(code)), 'it is due still');
    await page.goto(`/casos/${code}/servicios`);
    assert.equal(await page.locator('main form[method=post]').count(), 0, 'something else can be written');
  });

  await s.test('who coordinates finds her wish, and opens a new case', async () => {
    await nora.page.goto('/hoy');
    await follow(nora.page, () => nora.page.locator(`main a[href="/casos/${code}/cierre"]`).click());
    await send(nora.page, '/reabrir');
    const again = new URL(nora.page.url()).pathname.split('/').pop();
    await page.goto(`/casos/${code}/seguimiento`);
    assert.ok((await text(page)).includes(again), 'the old file does not lead to the new one');
    assert.equal(await form(page, '/seguimiento').count(), 0);
  });
  await lucia.close();
  await nora.close();
});

test('a new case tells what comes first', async () => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('newname') });
  const shown = await text(lucia.page);
  assert.match(shown, like('consent-none'));
  assert.match(shown, like('safety-default-1'));
  assert.match(shown, like('task-consent-first'));
  await lucia.page.goto('/hoy');
  assert.ok((await text(lucia.page)).includes(code));
  await lucia.close();
});

test('a note, and its correction under it', async () => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('notename') });
  const [first, second] = [canary('note'), canary('correction')];
  await lucia.page.goto(`/casos/${code}/cronologia`);
  await send(lucia.page, '/cronologia', { kind: 'visit', text: `«Llegó puntual», dice Q'anil. ${first}`, on: day(0) });
  assert.ok((await text(lucia.page)).includes(first));
  await go(lucia.page, 'note-correct');
  await send(lucia.page, new URL(lucia.page.url()).pathname, { text: `Fue el jueves. ${second}` });
  await lucia.page.goto(`/casos/${code}/cronologia`);
  const shown = await text(lucia.page);
  assert.ok(shown.includes(first), 'the first version is gone');
  assert.ok(shown.includes(second), 'the correction is not there');
  await lucia.close();
});
