// One's own calendar: an address that is shown once, says hours and no name, and is gone when she closes it; and a court's invitation,
// looked at first, then two hearings.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { discover } from '../lib/screens.mjs';
import { t } from '../lib/words.mjs';

after(done);

/** The day so many days from today as a calendar file writes it. */
const civil = (days) => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Guatemala' }).format(new Date(Date.now() + days * 86_400_000)).replaceAll('-', '');

test('a colleague and her calendar', async (s) => {
  const { at } = await discover();
  const [lucia, nobody] = [await as('lucia', { width: 360 }), await visitor()];
  const page = lucia.page;
  const here = `/casos/${at.luz}/audiencias`;
  const name = `Audiencia de ${canary('invitation')}`;
  let address;

  await s.test('an invitation that is none says so; a series of two is looked at before anything is kept', async () => {
    await page.goto(here);
    const none = await send(page, '/invitacion', { text: 'Estimada licenciada: la audiencia es el martes.' });
    assert.equal(none.status(), 422);
    await says(page, 'problem-invitation-other');
    assert.match(await form(page, '/invitacion').locator('[name=text]').inputValue(), /Estimada licenciada/);
    const lines = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:w@example.org', `DTSTART;TZID=America/Guatemala:${civil(9)}T083000`, `SUMMARY:${name}`, 'RRULE:FREQ=WEEKLY;COUNT=2', 'END:VEVENT', 'END:VCALENDAR'];
    await form(page, '/invitacion').locator('[name=file]').setInputFiles({ name: 'citacion.ics', mimeType: 'text/calendar', buffer: Buffer.from(lines.join('\r\n')) });
    await send(page, '/invitacion', { text: '' });
    assert.equal(await page.locator('[name=at]:checked').count(), 2, await text(page));
    assert.ok((await text(page)).includes(name));
    await send(page, '/invitacion/si', { kind: 'statement' });
    assert.equal(new URL(page.url()).pathname, here);
    assert.ok(!(await text(page)).includes(name), 'what the court called it stays outside');
  });

  await s.test('her address is shown once, and a program without a session reads hours under marks', async () => {
    await page.goto('/cuenta');
    await go(page, 'feed-title');
    await send(page, '/cuenta/calendario', {}, { button: 'feed-make' });
    await says(page, 'feed-once');
    address = new URL(await page.locator('p.code').innerText()).pathname;
    const got = await nobody.context.request.get(address);
    assert.equal(got.status(), 200);
    assert.match(got.headers()['content-type'], /^text\/calendar/);
    assert.equal(got.headers()['set-cookie'], undefined);
    const file = await got.text();
    assert.ok(file.includes(`${civil(9)}T083000`) && file.includes(`${civil(16)}T083000`));
    for (const never of [at.luz, 'Luz', name]) assert.ok(!file.includes(never), never);
    await go(page, 'feed-done');
    assert.ok((await text(page)).includes(at.luz), 'inside, each mark says which case it is');
    assert.ok(!(await page.content()).includes(address));
  });

  await s.test('closed, the address is nobody’s', async () => {
    await send(page, '/cuenta/calendario/parar');
    await says(page, 'feed-none');
    assert.equal((await nobody.context.request.get(address)).status(), 404);
  });
});
