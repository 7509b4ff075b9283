// The program's own texts, by key: a walk presses `alert-take`, whatever the button is called this week.
// A missing key is shown by the program as ⟦key⟧, and here too; screens.test.mjs is where that fails.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.mjs';

const read = (lang) => {
  const folder = path.join(process.env.CEIBA_WORDS ?? path.join(ROOT, 'packs/core/locales'), lang);
  const texts = new Map();
  for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('.ftl'))) {
    let key;
    for (const line of fs.readFileSync(path.join(folder, file), 'utf8').split('\n')) {
      const found = /^([a-z][\w-]*)\s*=\s?(.*)$/.exec(line);
      if (found) {
        [, key] = found;
        if (!texts.has(key)) texts.set(key, found[2].trim());
        else key = undefined;
      } else if (/^\s+\S/.test(line) && key) texts.set(key, `${texts.get(key)}\n${line.trim()}`.trim());
      else key = undefined;
    }
  }
  return texts;
};
const all = { es: read('es'), en: read('en') };

/** The text of a key without variables. */
export function t(key, lang = 'es') {
  return all[lang].get(key) ?? `⟦${key}⟧`;
}

const quoted = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** A pattern for the text of a key with variables: each stands for anything. */
export function like(key, lang = 'es') {
  const parts = [];
  let depth = 0, plain = '';
  for (const c of t(key, lang)) {
    if (c === '{') { if (depth++ === 0) { parts.push(quoted(plain), '[\\s\\S]{0,80}?'); plain = ''; } }
    else if (c === '}') depth--;
    else if (depth === 0) plain += c;
  }
  return new RegExp(parts.join('') + quoted(plain));
}
