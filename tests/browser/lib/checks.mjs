// What is measured on a page.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { note, url } from './run.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Violations of WCAG 2.0 to 2.2 A and AA and of best practice, one line each. Needs `js` and `bypassCSP`. */
export async function axe(page, { rules } = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async ([tags, only]) => {
    const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags };
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')} (${v.nodes.length})`);
  }, [TAGS, rules]);
}

/** By how many pixels the page is wider than the window. */
export const sideways = (page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));

/** One answer of the program as it comes over the wire: status, headers, bytes, text. Nothing is followed. */
export function ask(path, { method = 'GET', cookies = '', headers = {}, body } = {}) {
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : new URLSearchParams(body).toString();
  const all = { ...(cookies && { cookie: cookies }), ...(sent !== undefined && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(sent) }), ...headers };
  return new Promise((done, fail) => {
    const request = http.request(new URL(path, url()), { method, headers: all }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        note('visited.jsonl', { url: new URL(path, url()).href, status: answer.statusCode, headers: answer.headers });
        done({ status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString('utf8') });
      });
    });
    request.on('error', fail);
    request.end(sent);
  });
}

/** The cookies of a visitor, as a header. */
export async function cookies(v) {
  return (await v.context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
}

/** Bytes of the document over the wire (gzip). */
export async function bytes(path, jar = '') {
  const answer = await ask(path, { cookies: jar, headers: { 'accept-encoding': 'gzip' } });
  return { bytes: answer.bytes.length, encoding: answer.headers['content-encoding'] ?? 'none', status: answer.status };
}

/**
 * Goes through a page with Tab, as somebody without a mouse. Gives what is wrong: something that is not reached or
 * reached twice, no outline of 2 px, something that lies over it, a control less than 44 px high.
 */
export async function keyboardWalk(page, most = 400) {
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    document.activeElement?.blur?.();
    document.querySelectorAll('details').forEach((d) => { d.open = true; });
    const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const seen = new Set();
    window.stops = [...document.querySelectorAll(can)].filter((e) => {
      if (e.disabled || !e.getClientRects().length || getComputedStyle(e).visibility === 'hidden') return false;
      if (e.type !== 'radio') return true;
      // A group of circles is one stop: the chosen one, or the first.
      const group = `${[...document.forms].indexOf(e.form)} ${e.name}`;
      const chosen = [...document.querySelectorAll('input[type=radio]')].find((r) => r.form === e.form && r.name === e.name && r.checked);
      if (seen.has(group) || (chosen && chosen !== e)) return false;
      seen.add(group);
      return true;
    });
  });
  const wrong = [];
  const reached = new Map();
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return null;
      const name = `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${e.name ? `[name=${e.name}]` : ''} «${(e.innerText || e.value || '').trim().slice(0, 30)}»`;
      const style = getComputedStyle(e), box = e.getBoundingClientRect();
      // A box or circle is as large as the label that can be pressed.
      const target = (['checkbox', 'radio'].includes(e.type) && e.closest('label') ? e.closest('label') : e).getBoundingClientRect();
      const x = Math.min(Math.max(box.left + Math.min(box.width, 40) / 2, 0), innerWidth - 1), y = box.top + Math.min(box.height, 40) / 2;
      const top = document.elementFromPoint(x, y);
      const covered = !(y >= 0 && y < innerHeight) || !(top && (e.contains(top) || top.contains(e) || top.closest('label')?.contains(e)));
      const inline = e.tagName === 'A' && style.display === 'inline';
      return { index: window.stops.indexOf(e), name, outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth), covered, over: top?.className || top?.tagName, height: inline || e.matches('.scroll, main') ? 99 : target.height };
    });
    if (!at) break;
    if (reached.has(at.index) && at.index >= 0) { if (at.index === 0 || n >= most - 1) break; wrong.push(`${at.name}: reached twice`); break; }
    reached.set(at.index, at.name);
    if (at.outline < 2) wrong.push(`${at.name}: outline of ${at.outline} px`);
    if (at.covered) wrong.push(`${at.name}: covered by ${at.over}`);
    if (at.height < 43.5) wrong.push(`${at.name}: ${at.height.toFixed(0)} px high`);
  }
  const all = await page.evaluate(() => window.stops.map((e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${e.name ? `[name=${e.name}]` : ''} «${(e.innerText || '').trim().slice(0, 30)}»`));
  all.forEach((name, index) => { if (!reached.has(index)) wrong.push(`${name}: not reached`); });
  return { stops: all.length, wrong };
}
