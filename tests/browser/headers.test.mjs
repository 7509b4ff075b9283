// What every answer carries, and what is refused before anything is read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, as, done } from './lib/browser.mjs';
import { ask, cookies } from './lib/checks.mjs';
import { day, open } from './lib/page.mjs';
import { canary, url } from './lib/run.mjs';

after(done);
let lucia, jar, csrf, code;
before(async () => {
  lucia = await as('lucia');
  code = await open(lucia, { chosen_name: canary('headersname') });
  jar = await cookies(lucia);
  csrf = await lucia.page.locator('form[action="/bloquear"] [name=csrf]').inputValue();
});

const note = (text) => {
  const on = day(0);
  return { csrf, once: crypto.randomUUID(), kind: 'note', text, 'on@day': on.day, 'on@month': on.month, 'on@year': on.year };
};
const post = (path, body, headers = {}, cookies = jar) => ask(path, { method: 'POST', cookies, body, headers });
const timeline = async () => (await ask(`/casos/${code}/cronologia`, { cookies: jar })).text;

const ANSWERS = {
  '200 to anybody': () => ask('/aviso'), '200 to Lucía': () => ask('/hoy', { cookies: jar }), '303 to sign in': () => ask('/hoy'),
  '404': () => ask('/no-existe'), '404 of a file': () => ask('/casos/C-22222', { cookies: jar }), '403': () => ask('/ajustes/cuentas', { cookies: jar }),
  '422': () => post('/aviso', { contact: 'x' }, {}, ''), '400': () => post(`/casos/${code}/cronologia`, { text: 'x' }), '405': () => ask('/bloquear', { cookies: jar }),
  '413': () => post(`/casos/${code}/cronologia`, { ...note('x'.repeat(700_000)) }), 'gzip': () => ask('/aviso', { headers: { 'accept-encoding': 'gzip' } }),
};
for (const [name, request] of Object.entries(ANSWERS)) {
  test(`headers of an answer: ${name}`, async () => {
    const { status, headers: h, text } = await request();
    if (/^\d/.test(name)) assert.equal(status, Number(name.slice(0, 3)));
    const csp = Object.fromEntries((h['content-security-policy'] ?? '').split(';').map((d) => d.trim().split(/\s+/)).map(([k, ...v]) => [k, v]));
    assert.deepEqual(csp['default-src'], ["'none'"]);
    assert.deepEqual(csp['frame-ancestors'], ["'none'"]);
    assert.deepEqual(csp['base-uri'], ["'none'"]);
    assert.deepEqual(csp['form-action'], ["'self'"]);
    const all = Object.values(csp).flat();
    assert.ok(!all.some((v) => /unsafe|\*|https?:/.test(v)), all.join(' '));
    for (const kind of ['style-src', 'script-src']) assert.ok(csp[kind].every((v) => /^'sha256-/.test(v)), kind);
    assert.equal(h['cache-control'], 'no-store');
    assert.equal(h['referrer-policy'], 'no-referrer');
    assert.equal(h['x-content-type-options'], 'nosniff');
    assert.equal(h['cross-origin-opener-policy'], 'same-origin');
    assert.equal(h['cross-origin-resource-policy'], 'same-origin');
    assert.match(h['permissions-policy'], /camera=\(\).*geolocation=\(\)/);
    assert.match(h['x-robots-tag'], /noindex/);
    for (const name of ['server', 'x-powered-by', 'etag', 'last-modified']) assert.equal(h[name], undefined, name);
    if (h['content-type']?.startsWith('text/html') && !h['content-encoding'] && text) assert.match(h['content-type'], /charset=utf-8/i);
  });
}

test('cookies are for the server only, and only from here', async () => {
  const answers = [await ask('/idioma/en?volver=/aviso'), await post('/demo/0', {}, {}, ''), await ask('/salir-rapido')];
  for (const { headers } of answers) {
    for (const cookie of headers['set-cookie']) {
      assert.match(cookie, /; HttpOnly/i);
      assert.match(cookie, /; SameSite=(Lax|Strict)/i);
      assert.match(cookie, /; Path=\//i);
      assert.doesNotMatch(cookie, /Domain=/i);
    }
  }
  assert.match(answers[1].headers['set-cookie'].join(), /cuaderno=[0-9a-f]{64}/);
});

test('a session that somebody else prepared is not used: signing in gives a new one', async () => {
  const fixed = `cuaderno=${'ab'.repeat(32)}`;
  const answer = await post('/entrar', { username: 'lucia', password: PASSWORD }, {}, fixed);
  assert.equal(answer.status, 303);
  const given = /cuaderno=([0-9a-f]+)/.exec(answer.headers['set-cookie'].join())[1];
  assert.notEqual(given, 'ab'.repeat(32));
  assert.equal((await ask('/hoy', { cookies: fixed })).headers.location, '/entrar');
});

test('the control: with everything right, a note is written', async () => {
  const text = canary('right');
  const answer = await post(`/casos/${code}/cronologia`, note(text));
  assert.equal(answer.status, 303);
  assert.ok((await timeline()).includes(text));
});

const without = (name) => (fields) => { delete fields[name]; return [fields]; };
const REFUSED = {
  'no token': without('csrf'),
  'no number of the form': without('once'),
  'a wrong token': (f) => [{ ...f, csrf: '0'.repeat(32) }],
  'an empty token': (f) => [{ ...f, csrf: '' }],
  'a field that nobody asked for': (f) => [{ ...f, responsible: 'x' }],
  'a field of another form': (f) => [{ ...f, version: '1' }],
  'from another site': (f) => [f, { origin: 'https://malo.example' }],
  'from nowhere': (f) => [f, { 'sec-fetch-site': 'cross-site' }],
  'from a sister site': (f) => [f, { 'sec-fetch-site': 'same-site' }],
  'from another port of this machine': (f) => [f, { origin: 'http://127.0.0.1:1' }],
  'as JSON': (f) => [JSON.stringify(f), { 'content-type': 'application/json' }],
  'as plain text': (f) => [new URLSearchParams(f).toString(), { 'content-type': 'text/plain' }],
  'the token of somebody else': async (f) => {
    const other = await as('abel');
    const token = await other.page.locator('form[action="/bloquear"] [name=csrf]').inputValue();
    await other.close();
    return [{ ...f, csrf: token }];
  },
};
for (const [name, change] of Object.entries(REFUSED)) {
  test(`a form is refused and changes nothing: ${name}`, async () => {
    const text = canary('refused');
    const [body, headers = {}] = await change(note(text));
    const answer = await post(`/casos/${code}/cronologia`, body, headers);
    assert.equal(answer.status, 400);
    assert.ok(!answer.text.includes(text), 'the answer repeats what was sent');
    assert.ok(!(await timeline()).includes(text), 'it was written all the same');
  });
}

test('an opaque origin (a sandboxed frame) is not this site', async () => {
  const text = canary('opaque');
  const answer = await post(`/casos/${code}/cronologia`, note(text), { origin: 'null', 'sec-fetch-site': 'cross-site' });
  assert.equal(answer.status, 400);
});

test('the forms of anybody refuse other sites and fields too', async () => {
  const right = { reporter: 'teacher', signs: 'absent_days', age_group: 'child', since: 'days', certainty: 'saw', municipality: 'GT0920' };
  assert.equal((await post('/aviso', right, {}, '')).status, 200);
  const once = crypto.randomUUID();
  const [first, again, corrected] = [await post('/aviso', { ...right, once }, {}, ''), await post('/aviso', { ...right, once }, {}, ''), await post('/aviso', { ...right, once, since: 'weeks' }, {}, '')].map((a) => /A-[0-9A-Z]{11}/.exec(a.text)?.[0]);
  assert.ok(first && first === again, 'a form sent twice shows the same code');
  assert.notEqual(corrected, first);
  assert.equal((await post('/aviso', { ...right, channel: 'phone' }, {}, '')).status, 400);
  assert.equal((await post('/aviso', right, { origin: 'https://malo.example' }, '')).status, 400);
  assert.equal((await post('/entrar', { username: 'lucia', password: PASSWORD }, { origin: 'https://malo.example' }, '')).status, 400);
  assert.equal((await post('/bloquear', { csrf: '0' })).status, 400);
  assert.equal((await post('/salir', { csrf: '0' })).status, 400);
  assert.equal((await ask('/hoy', { cookies: jar })).status, 200, 'a forged form ended or locked the session');
});

test('a path that is not there says nothing else, signed in or not', async () => {
  for (const path of ['/x', '/casos/', '/casos/../hoy/x', '/%2e%2e/%2e%2e/etc/passwd', '/casos/%00', '/casos/..%2fx', '/.git/config', '/ceiba.sqlite', `/casos/${'x'.repeat(4000)}`, '/avisos/no-es-un-id', '/casos/de/no-es-un-id', '/deteccion/x/y', '//malo.example/x', '/demo/99']) {
    for (const cookies of ['', jar]) {
      const answer = await ask(url() + path, { cookies });
      assert.ok([404, 400, 303, 405].includes(answer.status), `${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /panicked|Cannot parse|Invalid URL|deserialize|UUID|sqlx|src\//i, path);
      if (answer.status === 400) assert.ok(answer.text.includes('<html'), `${path}: an answer without a page: ${answer.text.slice(0, 80)}`);
    }
  }
});

test('a wrong id in a form is no fault of the program', async () => {
  for (const [path, fields] of [[`/casos/${code}/tareas/no-es-un-id`, {}], [`/casos/${code}/equipo`, { what: 'name', account: 'no' }], [`/casos/${code}/equipo`, { what: 'otra', account: crypto.randomUUID() }], [`/casos/${code}/plan/${crypto.randomUUID()}`, { words: 'x' }], [`/casos/${code}/fase`, { phase: 'no', version: '1' }], [`/casos/C-22222/fase`, { phase: 'no' }], ['/casos/nuevo', { chosen_name: 'x', years: '-3' }], ['/casos/nuevo', { chosen_name: 'x', 'birth@day': '31', 'birth@month': '2', 'birth@year': '2012' }], ['/emergencia', { code: '’ OR 1=1', category: 'missing', reason: 'diez letras o más' }], ['/casos/buscar', { words: '%_\'"<script>' }], [`/casos/${code}/cronologia?pagina=99999999999999999999`, {}]]) {
    const answer = await post(path, { csrf, once: crypto.randomUUID(), ...fields });
    assert.ok(answer.status < 500, `${path} ${JSON.stringify(fields)}: ${answer.status}`);
  }
});

test('the language leads nowhere else', async () => {
  for (const to of ['//malo.example', 'https://malo.example', '/\\malo.example', '\\\\malo.example', '/%0d%0aset-cookie:x=1', '/%09/malo.example', '/%2f%2fmalo.example']) {
    const { status, headers } = await ask(`/idioma/en?volver=${to}`);
    assert.ok(status < 500, `${to}: ${status}`);
    if (headers.location) {
      const at = new URL(headers.location, url());
      assert.equal(at.origin, url(), `${to} leads to ${headers.location}`);
    }
    assert.ok(!(headers['set-cookie'] ?? []).some((c) => c.startsWith('x=')), `${to} sets a cookie`);
  }
});

test('what was typed is text on the page, never markup', async () => {
  const text = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&${canary('markup')}`;
  await post(`/casos/${code}/cronologia`, note(text));
  const page = await timeline();
  assert.ok(!page.includes('<script>alert') && !page.includes('<img src=x'));
  assert.ok(page.includes('&lt;script&gt;alert(1)'));
});
