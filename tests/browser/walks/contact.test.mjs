// The safe-contact firewall: a rule is set, a call out of hours is blocked with its reason and what is allowed instead, and a reminder
// that reaches a lawyer's mailbox says that there is a task, and nothing else.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, form, open, says, send, text } from '../lib/page.mjs';
import { canary, noted, sent } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** The day of the week in Guatemala, Monday is 1; `offset` days from today. */
function weekday(offset) {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'America/Guatemala', weekday: 'short' }).format(Date.now() + offset * 86_400_000);
  return String(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name) + 1);
}

test('an out-of-hours call is blocked, with its reason and what is allowed', async (s) => {
  const lucia = await as('lucia', { width: 360, height: 740 });
  const page = lucia.page;
  const code = await open(lucia, { chosen_name: `D'Ixchel ${canary('contactname')}` });
  const [word, who] = [canary('codeword'), canary('whoanswers')];

  await s.test('without rules nobody contacts her', async () => {
    await page.goto(`/casos/${code}/contacto`);
    await says(page, 'reach-why-no_rules');
  });

  await s.test('a rule that makes no sense is asked for again, and all that was typed is there', async () => {
    const bad = await send(page, '/contacto', { way: 'call', place: '123', who, days: [weekday(1)], from: '9:00', to: '11:00', code_word: word });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-contact-number');
    assert.equal(await page.locator('[name=code_word]').inputValue(), word);
    const good = await send(page, '/contacto', { place: '5555-0142' });
    assert.equal(good.status(), 200, await text(page));
    const shown = await text(page);
    assert.ok(shown.includes(word) && shown.includes('5555-0142') && shown.includes('09:00'), shown);
  });

  await s.test('today is not her day: blocked, why, and from when on; by keyboard', async () => {
    await form(page, '/contacto/intento').locator('[value=call]').focus();
    await page.keyboard.press('Space');
    await form(page, '/contacto/intento').getByRole('button', { name: t('reach-ask') }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/canal=call/);
    for (const key of ['reach-why-hours', 'reach-instead', 'reach-written', 'state-contact_try-blocked']) await says(page, key);
    const next = new Intl.DateTimeFormat('es', { timeZone: 'America/Guatemala', weekday: 'long' }).format(Date.now() + 86_400_000);
    assert.match(await text(page), new RegExp(`${next} [^\\n]*09:00`));
  });

  await s.test('nothing was chosen: it says so', async () => {
    await page.goto(`/casos/${code}/contacto`);
    assert.equal((await send(page, '/contacto/intento')).status(), 422);
  });

  await s.test('with a whole day of hers it passes, and the number is there with the word', async () => {
    await send(page, '/contacto', { way: 'visit', place: 'Tienda de doña Chon', days: ['1', '2', '3', '4', '5', '6', '7'], from: '0:00', to: '0:00' });
    await send(page, '/contacto/intento', { channel: 'visit' });
    await says(page, 'reach-passed');
    const never = await send(page, '/contacto', { way: 'all', never: ['yes'] });
    assert.equal(never.status(), 200);
    await send(page, '/contacto/intento', { channel: 'visit' });
    await says(page, 'reach-why-never');
  });

  await s.test('a number of somebody she fears is refused', async () => {
    await page.goto(`/casos/${code}/red`);
    await send(page, '/red', { kind: 'partner', name: 'Chepe Inventado', safety: 'unsafe', remark: 'celular 5555 9900' });
    await page.goto(`/casos/${code}/contacto`);
    const bad = await send(page, '/contacto', { way: 'sms', place: '+502 5555-9900', days: ['1'], from: '9:00', to: '10:00' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-contact-feared');
  });
  await lucia.close();
});

test('a reminder reaches the lawyer, and says that there is a task', async (s) => {
  // Inés is in no other walk: whoever is at work elsewhere meanwhile is not woken.
  const ines = await as('ines');
  const page = ines.page;
  const address = `ines.${canary('x').slice(-6)}@ejemplo.test`;

  await s.test('her own channel, after the code that came there', async () => {
    await page.goto('/cuenta/avisos');
    const bad = await send(page, page.locator('form[action$="/cuenta/avisos"]').first(), { address: 'ines' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-channel-email');
    await send(page, page.locator('form[action$="/cuenta/avisos"]').first(), { address });
    const mail = await sent((m) => m.to === address);
    const code = /\d{6}/.exec(mail.text)[0];
    const wrong = await send(page, '/cuenta/avisos/codigo', { code: code === '000000' ? '000001' : '000000' });
    assert.equal(wrong.status(), 422);
    await says(page, 'problem-channel-code');
    await send(page, '/cuenta/avisos/codigo', { code });
    await says(page, 'channel-confirmed');
  });

  await s.test('the evening before, one mail with one neutral sentence', async () => {
    await page.goto('/casos');
    await follow(page, () => page.locator('main a[href^="/casos/C-"]').first().click());
    const code = /C-[0-9A-Z]{5}/.exec(page.url())[0];
    await page.goto(`/casos/${code}/audiencias`);
    // In a day and two minutes: the reminder is due in one or two.
    const at = new Date(Date.now() + 86_400_000 + 120_000);
    const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Guatemala', hour: '2-digit', minute: '2-digit' }).format(at);
    const on = day((at.getTime() - Date.now()) / 86_400_000);
    await send(page, '/audiencias', { kind: 'statement', on, time, company: canary('company'), interpreter: 'not_needed', transport: 'missing' });
    await says(page, 'hearing-missing-transport');
    const mail = await sent((m) => m.to === address && !/\d/.test(m.text), 180);
    assert.deepEqual(mail, { to: address, subject: 'Tiene una tarea.', text: 'Tiene una tarea.' });
    assert.equal(noted('sent.jsonl').filter((m) => m.to === address && m.text === 'Tiene una tarea.').length, 1);
    await page.goto('/recados');
    assert.match(await text(page), new RegExp(code));
  });
  await ines.close();
});
