// A referral is answered without an account: a link, a spoken code, an office PC without JavaScript.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { ADULT, allows, hands } from '../lib/packets.mjs';
import { form, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

test('an institution opens what was sent, asks once, accepts and reports', async (s) => {
  const lucia = await as('lucia');
  const name = `D'Ángela ${canary('packetname')}`;
  const code = await open(lucia, { chosen_name: name, ...ADULT });
  const to = await allows(lucia, code, 1, ['contact', 'needs']);
  const need = canary('packetneed');
  let packet, office;

  await s.test('what she did not allow cannot be ticked and says why', async () => {
    await lucia.page.goto(`/casos/${code}/referencias/nueva/${to}`);
    for (const field of ['document', 'goals', 'allergies']) assert.ok(await lucia.page.locator(`[name=fields][value=${field}]`).isDisabled(), field);
    await says(lucia.page, 'packet-off-consent');
  });

  await s.test('both halves are shown once; the sheet has the link and not the code', async () => {
    packet = await hands(lucia, code, to, ['chosen_name', 'age'], need);
    await says(lucia.page, 'handed-once');
    const sheet = await lucia.page.locator('section.card').filter({ hasText: t('handed-sheet-text') }).innerText();
    assert.ok(!sheet.includes(packet.spoken) && !sheet.includes(name));
    await lucia.page.goto(`/casos/${code}/referencias`);
    const list = await text(lucia.page);
    assert.ok(!list.includes(packet.spoken) && !list.includes(packet.link));
    assert.match(list, like('packet-unopened'));
  });

  await s.test('the link alone tells nothing; a wrong code says how many tries are left', async () => {
    office = await visitor({ width: 1024 });
    await office.page.goto(packet.link);
    assert.ok(!(await text(office.page)).includes(need));
    const wrong = await send(office.page, packet.link, { code: 'R-222222222' });
    assert.equal(wrong.status(), 422);
    assert.match(await text(office.page), /4 intentos/);
  });

  await s.test('with the code it reads what she allowed, and asks its one question', async () => {
    await send(office.page, packet.link, { code: packet.spoken.toLowerCase().replace('-', ' ') });
    const shown = await text(office.page);
    assert.ok(shown.includes(need) && shown.includes(name));
    assert.ok(!shown.includes(code), 'the code of the case is nothing to it');
    const empty = await send(office.page, '/responder', { do: 'question', words: '' });
    assert.equal(empty.status(), 422);
    await says(office.page, 'problem-packet-words');
    await send(office.page, '/responder', { words: '¿Habla español?' });
    assert.equal(await office.page.locator('[name=do][value=question]').count(), 0);
  });

  await s.test('the sender is told, and answers', async () => {
    await lucia.page.goto('/recados');
    assert.ok((await text(lucia.page)).includes(code));
    await lucia.page.goto(`/casos/${code}/referencias`);
    assert.match(await text(lucia.page), like('state-referral-received'));
    await send(lucia.page, '/respuesta', { words: 'Sí, y lee bien.' });
    await office.page.goto(packet.link);
    assert.ok((await text(office.page)).includes('Sí, y lee bien.'));
  });

  await s.test('it accepts, reports, and the link opens no more', async () => {
    await send(office.page, '/responder', { do: 'accepted' });
    await send(office.page, '/responder', { do: 'completed', words: 'Primera cita dada.' });
    await says(office.page, 'behind-thanks-title');
    const gone = await office.page.goto(packet.link);
    assert.equal(gone.status(), 410);
    await lucia.page.goto(`/casos/${code}/referencias`);
    const shown = await text(lucia.page);
    assert.ok(shown.includes('Primera cita dada.'));
    assert.match(shown, like('state-referral-completed'));
  });

  await s.test('whose program reads FHIR gets it as a file, and the file is on her list', async () => {
    const link = await lucia.page.locator('main a[href$="/fhir.json"]').first().getAttribute('href');
    const file = await lucia.context.request.get(link);
    assert.match(file.headers()['content-type'], /^application\/fhir\+json/);
    const bundle = await file.text();
    assert.equal(JSON.parse(bundle).resourceType, 'Bundle');
    assert.ok(bundle.includes('"status": "completed"') || bundle.includes('"status":"completed"'), bundle.slice(0, 400));
    assert.ok(!bundle.includes(code), 'the code of the case is nothing to it');
    await lucia.page.goto(`/casos/${code}/permisos`);
    await says(lucia.page, 'disclosed-how-fhir');
  });
  await Promise.all([lucia, office].map((v) => v.close()));
});

test('withdrawn, guessed and foreign packets open nothing', async () => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('packetno'), ...ADULT });
  const one = await allows(lucia, code, 1, ['contact']);
  const two = await allows(lucia, code, 2, ['contact']);
  const first = await hands(lucia, code, one, ['chosen_name'], 'Una consulta');
  const second = await hands(lucia, code, two, ['chosen_name'], 'Otra consulta');
  const office = await visitor();
  await office.page.goto(first.link);
  await send(office.page, first.link, { code: first.spoken });
  await says(office.page, 'behind-answer');
  // Open at one packet, it is asked for the code of the other.
  await office.page.goto(second.link);
  await says(office.page, 'behind-code');
  const foreign = await send(office.page, second.link, { code: first.spoken });
  assert.equal(foreign.status(), 422);
  // Her word closes the first at once, and asks to forget.
  await lucia.page.goto(`/casos/${code}/permisos`);
  await send(lucia.page, lucia.page.locator('section.card, li').filter({ has: lucia.page.locator('form[action$="/retirar"]') }).last().locator('form[action$="/retirar"]'));
  await lucia.page.goto(`/casos/${code}/referencias`);
  await says(lucia.page, 'recall-title');
  assert.equal((await office.page.goto(first.link)).status(), 410);
  for (let n = 3; n > 0; n--) {
    await office.page.goto(second.link);
    await send(office.page, second.link, { code: 'R-222222222' });
  }
  await office.page.goto(second.link);
  const last = await send(office.page, second.link, { code: 'R-222222222' });
  assert.equal(last.status(), 410);
  assert.equal((await office.page.goto(second.link)).status(), 410);
  await lucia.page.goto('/recados');
  assert.match(await text(lucia.page), new RegExp(`cinco códigos.*${code}`));
  await Promise.all([lucia, office].map((v) => v.close()));
});

test('another link replaces the first, by keyboard and on a phone', async () => {
  const lucia = await as('lucia', { width: 360, height: 740 });
  const code = await open(lucia, { chosen_name: canary('packetagain'), ...ADULT });
  const to = await allows(lucia, code, 1, ['contact']);
  const first = await hands(lucia, code, to, ['chosen_name'], 'Una consulta');
  await lucia.page.goto(`/casos/${code}/referencias`);
  const closed = await send(lucia.page, '/cerrar', {}, { button: 'packet-take-back' });
  assert.equal(closed.status(), 200);
  const office = await visitor();
  assert.equal((await office.page.goto(first.link)).status(), 410);
  await lucia.page.getByRole('link', { name: t('packet-again') }).focus();
  await lucia.page.keyboard.press('Enter');
  await lucia.page.waitForURL(/\/enlace$/);
  await form(lucia.page, '/enlace').locator('[name=fields][value=language]').focus();
  await lucia.page.keyboard.press('Space');
  await form(lucia.page, '/enlace').locator('[name=days]').focus();
  await lucia.page.keyboard.press('Enter');
  await lucia.page.getByRole('link', { name: t('handed-done') }).waitFor();
  await says(lucia.page, 'handed-once');
  const wide = await lucia.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} pixels`);
  await Promise.all([lucia, office].map((v) => v.close()));
});
