// She comes back under another name: whoever receives her is told before she asks again, compares, decides, and takes it back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like } from '../lib/words.mjs';

after(done);

const year = new Date().getFullYear();
const birth = { day: 7, month: 3, year: year - 15 };

test('she comes back under another name', async (s) => {
  const lucia = await as('lucia', { lang: 'es', js: false });
  const [called, again, mother] = [canary('called'), canary('again'), canary('mother')];
  const first = await open(lucia, { chosen_name: called, years: '', birth, given: 'Inventilda Xulbana', surnames: 'Kuxpru Ixcopru', mother, origin: 'GT0920' });

  let second;
  await s.test('the form says whom we may know, why, how likely, and what would settle it', async () => {
    await lucia.page.goto('/casos/nuevo');
    const typed = { chosen_name: again, years: '', birth, municipality: 'GT0920', given: 'Inventilda', surnames: 'Cuxpru Ishcopru', mother, origin: 'GT0920' };
    await send(lucia.page, '/casos/nuevo', typed, { button: 'case-new-send' });
    await says(lucia.page, 'met-text');
    const notice = await lucia.page.locator('main .notice').first().innerText();
    assert.match(notice, new RegExp(`${first}.*de cada 100.*misma fecha de nacimiento.*[Ll]o aclararía`, 's'));
    assert.ok(!notice.includes(called), 'a code, never a name');
    assert.equal(await lucia.page.locator('[name=mother]').inputValue(), mother, 'nothing typed is lost');
    await send(lucia.page, '/casos/nuevo', {}, { button: 'case-new-anyway' });
    second = new URL(lucia.page.url()).pathname.split('/').pop();
    assert.match(second, /^C-/, await text(lucia.page));
  });

  await s.test('with a script it is told while she is entered, before anything is sent', async () => {
    const page = (await as('lucia', { lang: 'es', js: true })).page;
    await page.goto('/casos/nuevo');
    const met = page.locator('[data-met]');
    assert.ok(await met.isHidden());
    await page.locator('summary', { hasText: like('person-paper') }).click();
    for (const [name, value] of [['given', 'Inventilda'], ['surnames', 'Cuxpru Ishcopru'], ['mother', mother], ['chosen_name', again], ['years', '15']]) {
      await page.locator(`[name=${name}]`).pressSequentially(value);
    }
    await page.locator('[name=years]').blur();
    await met.locator('.notice').waitFor();
    assert.match(await met.innerText(), new RegExp(first));
    assert.equal(new URL(page.url()).pathname, '/casos/nuevo');
    assert.equal(await page.locator('[name=mother]').inputValue(), mother);
  });

  await s.test('both files side by side; the preview says what will change', async () => {
    await lucia.page.goto('/posibles');
    const row = lucia.page.locator('main tr', { hasText: second });
    await lucia.page.goto(await row.locator('a').getAttribute('href'));
    const page = await text(lucia.page);
    for (const word of [first, second, called, again]) assert.ok(page.includes(word), `it does not say ${word}`);
    for (const secret of [mother, 'Kuxpru', 'Cuxpru']) assert.ok(!page.includes(secret), `it says ${secret}`);
    await says(lucia.page, 'met-change-rights');
    await says(lucia.page, 'met-not-a-decision');
  });

  await s.test('«it is the same person»: each file leads to the other, and it is taken back', async () => {
    const pair = lucia.page.url();
    assert.equal((await send(lucia.page, lucia.page.locator('main form[action^="/posibles/"]'), {}, { button: 'met-one' })).status(), 200);
    await says(lucia.page, 'met-decided-one');
    await lucia.page.goto(`/casos/${first}`);
    await says(lucia.page, 'met-linked');
    assert.equal(await lucia.page.locator(`main .notice a[href="/casos/${second}"]`).count(), 1);
    await lucia.page.goto(pair);
    await send(lucia.page, lucia.page.locator('main form[action^="/posibles/"]'), {}, { button: 'met-undo' });
    await says(lucia.page, 'met-one');
    await lucia.page.goto(`/casos/${first}`);
    assert.equal(await lucia.page.locator(`main a[href="/casos/${second}"]`).count(), 0);
  });
});
