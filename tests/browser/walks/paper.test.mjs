// The life plan on one sheet of paper: hers to carry, and nothing on it that tells a stranger what it is.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

const GOALS = [
  ['school', 'Quiero terminar sexto y después aprender computación, aunque tenga que ir los sábados por la mañana.'],
  ['work', 'Quiero saber hacer pan y venderlo en la esquina de mi tía sin deberle a nadie.'],
  ['family', 'Quiero ver a mi abuela los domingos y que ella sepa que estoy bien.'],
  ['papers', 'Quiero tener mi documento con mi nombre, el que yo uso.'],
];
const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

test('a plan with four goals fits one sheet of A4, and opening the sheet is an entry', async () => {
  const lucia = await as('lucia');
  const { page } = lucia;
  const name = canary('papername');
  const code = await open(lucia, { chosen_name: name });
  for (const [domain, words] of GOALS) {
    await page.goto(`/casos/${code}/plan`);
    await send(page, '/plan', { domain, words, level: '-1', with_her: ['yes'], need: 'Cupo y pasaje.', strength: 'Ya sabe leer.', step: 'Ir juntas a preguntar por el cupo y anotar qué papeles piden.', step_who: 'Ella y Lucía', by: day(20) });
  }
  await page.goto(`/casos/${code}/plan`);
  await send(page, '/plan/acuerdo', { how: 'spoken' });
  await go(page, 'plan-print-link');
  assert.equal(new URL(page.url()).pathname, `/casos/${code}/plan/imprimir`);

  await page.emulateMedia({ media: 'print' });
  const sheet = await page.locator('body').innerText();
  for (const [, words] of GOALS) assert.ok(sheet.includes(words), words);
  for (const words of [name, 'Ella y Lucía', t('plan-review')]) assert.ok(sheet.includes(words), words);
  assert.match(sheet, new RegExp(`${t('plan-print-by')} Lucía · .*\\d{1,2}:\\d{2}`));
  assert.ok(!sheet.includes(code), 'the sheet has the code of her file');
  for (const words of [/trata/i, /casa M/i, /albergue/i, /programa/i, /expediente/i]) assert.ok(!words.test(sheet.replace(t('shell-demo'), '')), `the sheet says ${words}`);
  assert.ok(!(await page.title()).includes(code) && !(await page.title()).includes(name), await page.title());
  assert.equal(await page.locator('.top, .places, .foot, .tabs, .safety, main .button').filter({ visible: true }).count(), 0);

  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pages(pdf), 1, `it takes ${pages(pdf)} sheets`);
  // The control: the page of the plan itself does not fit, so the count counts.
  await page.goto(`/casos/${code}/plan`);
  assert.ok(pages(await page.pdf({ format: 'A4' })) > 1, 'anything counts as one sheet');

  await page.emulateMedia({ media: 'screen' });
  await page.goto(`/casos/${code}/accesos`);
  assert.match(await text(page), like('access-act-plan-print'));
  await lucia.close();
});

test('who may not read the plan does not print it', async () => {
  const [julio, teresa] = [await as('julio'), await as('teresa')];
  await julio.page.goto('/casos');
  const luz = await julio.page.locator('main table a[href^="/casos/C-"]').first().getAttribute('href');
  for (const v of [julio, teresa]) {
    const answer = await v.page.goto(`${luz}/plan/imprimir`);
    assert.ok([403, 404].includes(answer.status()), `${answer.status()}`);
  }
  await says(julio.page, 'failure-denied-title');
  await Promise.all([julio, teresa].map((v) => v.close()));
});
