// A referral with its two halves, for tests that need one.
import assert from 'node:assert/strict';
import { send, text } from './page.mjs';

const year = new Date().getFullYear();
/** Of age, so that her own word is enough. */
export const ADULT = { years: '', birth: { day: 2, month: 1, year: year - 20 } };
const ALLOWS = { by: 'self', purpose: 'share_named_partner', language: 'spa', how: 'spoken', answer: 'yes', until: { day: 31, month: 12, year } };

/** She allows the nth institution these kinds of data; gives its id. */
export async function allows(v, code, n, data, more = {}) {
  await v.page.goto(`/casos/${code}/permisos`);
  const to = await v.page.locator('[name=recipient] option').nth(n).getAttribute('value');
  const sent = await send(v.page, '/permisos', { ...ALLOWS, recipient: to, data, ...more });
  assert.equal(sent.status(), 200, await text(v.page));
  return to;
}

/** Sends a referral with a packet; gives its link and code. */
export async function hands(v, code, to, fields, need) {
  await v.page.goto(`/casos/${code}/referencias/nueva/${to}`);
  const sent = await send(v.page, '/referencias', { service: 'legal_advice', need, fields });
  assert.equal(sent.status(), 200, await text(v.page));
  const [spoken, link] = await v.page.locator('main .code').allInnerTexts();
  return { link: new URL(link.trim()).pathname, spoken: spoken.trim() };
}
