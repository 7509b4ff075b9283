// What a person does on a page, in few words.
import assert from 'node:assert/strict';
import { like, t } from './words.mjs';

/** The form that is sent to a path; `$` at the end of the path is implied. */
export const form = (page, action) => page.locator(`form[action$="${action}"]`).first();

/** Opens a folded part, if it is folded, that holds something. */
async function unfold(part) {
  const folded = part.locator('xpath=ancestor-or-self::details[not(@open)]');
  for (let n = await folded.count(); n > 0; n--) await folded.first().locator('> summary').click();
}

/** Answers the fields of a form by their names: text, choice, list of boxes, or `{ day, month, year }`. */
export async function answer(where, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      for (const [part, text] of Object.entries(value)) await where.locator(`[name="${name}@${part}"]`).fill(String(text));
      continue;
    }
    const control = where.locator(`[name="${name}"]`);
    await control.first().waitFor({ state: 'attached' });
    await unfold(control.first());
    const kind = await control.first().evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
    if (kind === 'select') await control.selectOption(String(value));
    else if (kind === 'radio' || kind === 'checkbox') {
      for (const one of [value].flat()) await where.locator(`[name="${name}"][value="${one}"]`).check();
    } else await control.fill(String(value));
  }
}

/**
 * Answers and sends a form (its path, or a locator of it); gives the response of the page that follows. `button`: its
 * key; without one, the last of the form.
 */
export async function send(page, action, values = {}, { button, lang = 'es' } = {}) {
  // Several forms of a page may go to one path: the one that has the button is meant.
  const has = button && { has: page.getByRole('button', { name: t(button, lang), exact: true, includeHidden: true }) };
  const where = typeof action !== 'string' ? action : has ? page.locator(`form[action$="${action}"]`).filter(has).first() : form(page, action);
  await where.waitFor({ state: 'attached' });
  await unfold(where);
  await answer(where, values);
  const which = button ? where.getByRole('button', { name: t(button, lang), exact: true }) : where.locator('button').last();
  return follow(page, () => which.click());
}

/** Does something that opens another page, and gives the last response. */
export async function follow(page, act) {
  const last = page.waitForEvent('response', { predicate: (r) => r.request().isNavigationRequest() && (r.status() < 300 || r.status() >= 400) });
  last.catch(() => {});
  await act();
  const response = await last;
  await page.waitForLoadState('load');
  return response;
}

/** Follows a link by the key of its text. */
export const go = (page, key, lang = 'es') => follow(page, () => page.getByRole('link', { name: t(key, lang) }).first().click());

/** The text of the page's own part. */
export const text = (page) => page.locator('main').innerText();

/** What a page says first of all: title, notices, problems. For messages of failed tests. */
const heard = async (page) => (await page.locator('main h1, main .notice, main .wrong').allInnerTexts()).join(' / ').replace(/\s+/g, ' ');

/** The text of a key is on the page. */
export async function says(page, key, lang = 'es') {
  assert.ok(like(key, lang).test(await text(page)), `the page does not say «${t(key, lang)}» (${key}) on ${new URL(page.url()).pathname}: ${(await heard(page)).slice(0, 600)}`);
}

/** A civil day from today, as its three fields. */
export function day(offset) {
  const on = new Date(Date.now() + offset * 86_400_000);
  const part = (o) => new Intl.DateTimeFormat('en', { timeZone: 'America/Guatemala', ...o }).format(on);
  return { day: part({ day: 'numeric' }), month: part({ month: 'numeric' }), year: part({ year: 'numeric' }) };
}

/** Sends an alert as somebody without an account; gives its receipt code. */
export async function alert(page, values = {}) {
  await page.goto('/aviso?quien=teacher');
  const response = await send(page, '/aviso', { signs: ['absent_days', 'job_online'], age_group: 'adolescent', since: 'days', certainty: 'told', municipality: 'GT0920', ...values });
  assert.equal(response.status(), 200, await text(page));
  return (await page.locator('.code').innerText()).trim();
}

/** Finds the alert whose words hold a text, as somebody who sees the board; gives its path. */
export async function find(v, words) {
  await v.page.goto('/avisos');
  const paths = await v.page.locator('main table a[href^="/avisos/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  for (const path of paths.reverse()) {
    const body = await (await v.context.request.get(path)).text();
    if (body.includes(words)) return path;
  }
  throw new Error(`no alert on the board (${paths.length}) says ${words}`);
}

/** Opens a case of somebody new; gives its code. */
export async function open(v, values = {}) {
  await v.page.goto('/casos/nuevo');
  const how = { lang: v.lang };
  await send(v.page, '/casos/nuevo', { chosen_name: 'Prueba', years: '16', municipality: 'GT0920', ...values }, { ...how, button: 'case-new-send' });
  if (v.page.url().endsWith('/casos/nuevo')) await send(v.page, '/casos/nuevo', {}, { ...how, button: 'case-new-anyway' });
  const code = new URL(v.page.url()).pathname.split('/').pop();
  assert.match(code, /^C-[0-9A-Z]{5}$/, await text(v.page));
  return code;
}
