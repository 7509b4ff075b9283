// One Chromium for each test file; contexts that write down everything they ask for.
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { note, url } from './run.mjs';
import { t } from './words.mjs';

/** Without these Chromium looks for hosts of its maker at every start. Only this machine has a name. */
const FLAGS = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--disable-dev-shm-usage', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let running;
/** The browser of this test file. One for each, so that one that dies takes no others with it. */
export async function browser() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => fs.existsSync(p));
  if (!executablePath) throw new Error('no Chromium: apt-get install chromium, or name one in CHROMIUM');
  running ??= chromium.launch({ executablePath, args: FLAGS });
  return running;
}
/** For `after()`: lets the test file end. */
export async function done() {
  if (running) await (await running).close();
  running = undefined;
}

/** Everybody's password in the demonstration (crates/ceiba/src/demo/cast.rs). */
export const PASSWORD = 'ceiba de demostracion';
/** The cards of the first page, in their order. */
export const CARDS = ['lucia', 'blanca', 'julio', 'marta', 'sofia', 'luz', 'diego'];

/**
 * A new visitor: no JavaScript, Spanish, a desk of 1280 px, unless said. Requests to other hosts are noted and
 * stopped.
 */
export async function visitor({ lang = 'es', js = false, width = 1280, height = 800, ...options } = {}) {
  const context = await (await browser()).newContext({
    baseURL: url(), javaScriptEnabled: js, viewport: { width, height }, locale: lang === 'es' ? 'es-GT' : 'en', reducedMotion: 'reduce', ...options,
  });
  context.setDefaultTimeout(15_000);
  if (lang !== 'es') await context.addCookies([{ name: 'idioma', value: lang, url: url() }]);
  const requests = [];
  context.on('request', (r) => {
    requests.push(r.url());
    note('visited.jsonl', { url: r.url() });
  });
  context.on('response', (r) => note('visited.jsonl', { status: r.status(), headers: r.headers(), url: r.url() }));
  await context.route((u) => u.protocol.startsWith('http') && u.origin !== url(), (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!DOCTYPE html><title>Otro lugar</title><h1>Otro lugar</h1>' }));
  const page = await context.newPage();
  return { context, page, requests, lang, close: () => context.close() };
}

/** Somebody of the demonstration: by her card on the first page, or with her password. */
export async function as(who, options = {}) {
  const v = await visitor(options);
  const card = CARDS.indexOf(who);
  if (card >= 0) {
    await v.page.goto('/');
    await v.page.locator(`form[action="/demo/${card}"] button`).click();
  } else {
    await v.page.goto('/entrar');
    await v.page.fill('[name=username]', who);
    await v.page.fill('[name=password]', PASSWORD);
    await v.page.getByRole('button', { name: t('sign-in-send', v.lang) }).click();
  }
  if (!(await v.context.cookies()).some((c) => c.name.endsWith('cuaderno'))) throw new Error(`${who} could not enter: ${await v.page.locator('main').innerText()}`);
  return v;
}
