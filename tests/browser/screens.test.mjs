// Every screen, in both languages, on a phone of 320 px and on a desk; light and dark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { as, done, visitor } from './lib/browser.mjs';
import { axe, bytes, cookies, sideways } from './lib/checks.mjs';
import { follow } from './lib/page.mjs';
import { url } from './lib/run.mjs';
import { t } from './lib/words.mjs';
import { SCREENS, discover, pathOf } from './lib/screens.mjs';

const DOCUMENT = 14 * 1024, WHOLE = 25 * 1024, REQUESTS = 4;
// Whoever changes colours only changes nothing else: in the dark only what looks at colours is asked again.
const COLOURS = ['color-contrast', 'link-in-text-block'];

after(done);
let known;
before(async () => { known = await discover(); });

test('the gate can fail: a bad page has violations, scrolls sideways and is in no language', async () => {
  const v = await visitor({ js: true, bypassCSP: true, width: 320 });
  await v.page.setContent('<!DOCTYPE html><title></title><body><img src="data:,"><input><a href="#"></a><p style="color:#bbb;background:#ccc;width:900px">poco contraste</p></body>');
  const found = (await axe(v.page)).map((line) => line.split(':')[0]);
  for (const rule of ['html-has-lang', 'document-title', 'image-alt', 'label', 'link-name', 'color-contrast']) assert.ok(found.includes(rule), `axe does not see ${rule}`);
  assert.ok((await axe(v.page, { rules: COLOURS })).length > 0);
  assert.ok(await sideways(v.page) > 0);
  await v.close();
});

/** All that is wrong with the page that is open. */
async function look(v, screen, status, say) {
  const html = await v.page.content();
  const missing = [...new Set(html.match(/⟦[^⟧]*⟧/g) ?? [])];
  if (missing.length) say(`${missing.length} texts missing: ${missing.slice(0, 8).join(' ')}`);
  if (status !== (screen.status ?? 200)) say(`status ${status}`);
  const { lang, title, styled, h1 } = await v.page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title, styled: document.querySelectorAll('[style]').length, h1: document.querySelectorAll('h1').length }));
  if (lang !== (screen.lang ?? v.lang)) say(`<html lang="${lang}">`);
  if (!screen.lang && !title.startsWith(t('shell-name', v.lang))) say(`title «${title}»`);
  const name = known.names.find((n) => new RegExp(`(^|[^\\p{L}])${n.replace(/[^\p{L}\p{N} ]/gu, '.')}($|[^\\p{L}])`, 'u').test(title));
  if (name) say(`title «${title}» has the name ${name}`);
  if (styled) say(`${styled} style= attributes`);
  if (h1 !== 1) say(`${h1} h1`);
  const foreign = v.requests.filter((u) => !u.startsWith(url()) && !u.startsWith('data:'));
  if (foreign.length) say(`asks ${foreign[0]}`);
  for (const width of [320, 1280]) {
    await v.page.setViewportSize({ width, height: 800 });
    const over = await sideways(v.page);
    if (over) say(`${width}: scrolls sideways by ${over} px`);
    // Another language changes words and how long they are, not colours: English is asked once, where it is narrow.
    const schemes = v.lang === 'es' ? ['light', 'dark'] : width === 320 ? ['light'] : [];
    for (const colorScheme of schemes) {
      await v.page.emulateMedia({ colorScheme });
      for (const line of await axe(v.page, colorScheme === 'dark' ? { rules: COLOURS } : {})) say(`${width} ${colorScheme}: ${line}`);
    }
  }
}

const groups = Map.groupBy ? Map.groupBy(SCREENS, (s) => s.who) : SCREENS.reduce((m, s) => m.set(s.who, [...(m.get(s.who) ?? []), s]), new Map());

for (const [who, screens] of groups) {
  test(`screens of ${who}`, { concurrency: 2 }, async (s) => {
    await Promise.all(['es', 'en'].map((lang) => s.test(lang, async (l) => {
      const options = { lang, js: true, bypassCSP: true };
        const v = who === 'nobody' ? await visitor(options) : await as(who, options);
        // What a locked session or a lost form leaves behind is nobody else's.
        for (const screen of screens) {
          await l.test(`${screen.path}${screen.state ? ` (${screen.state})` : ''}`, async () => {
            const path = pathOf(screen, known.at);
            const wrong = [];
            v.requests.length = 0;
            const response = screen.reach ? await screen.reach(v, known.at) : await follow(v.page, () => v.page.goto(path));
            const first = v.requests.length;
            await look(v, screen, response.status(), (line) => wrong.push(line));
            if (!screen.reach) {
              const weight = await bytes(path, await cookies(v));
              if (weight.encoding !== 'gzip') wrong.push(`comes as ${weight.encoding}`);
              if (weight.bytes > DOCUMENT) wrong.push(`document of ${weight.bytes} bytes`);
              if (first > REQUESTS) wrong.push(`${first} requests`);
              if (weight.bytes > WHOLE) wrong.push(`${weight.bytes} bytes in all`);
            }
            assert.deepEqual(wrong, []);
          });
        }
        await v.close();
    })));
  });
}
