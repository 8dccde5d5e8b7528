import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zh } from '@/i18n/zh';
import { refusalOf } from '@/lib/failure';

/** Sentences of the server that the app says in English: each is one that the server has. */
const sources = readdirSync('../server/src/main/java', { recursive: true, encoding: 'utf8' })
  .filter((name) => /(Problem|StaySchedule|Passwords)\.java$/.test(name))
  .map((name) => readFileSync(`../server/src/main/java/${name}`, 'utf8'))
  .join('\n');

test.each(Object.entries(zh).filter(([key]) => key.startsWith('refused.')))(
  '%s is a sentence of the server',
  (key, sentence) => {
    expect(sources).toContain(`"${sentence}"`);
    expect(refusalOf(sentence)).toBe(key);
  },
);
