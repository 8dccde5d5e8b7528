import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fill } from '@/i18n';
import { en as appEn } from '@/i18n/en';
import { hostEn } from '@/i18n/host-en';
import { hostZh } from '@/i18n/host-zh';
import { stayEn } from '@/i18n/stay-en';
import { stayZh } from '@/i18n/stay-zh';
import { zh as appZh } from '@/i18n/zh';

const zh = { ...appZh, ...hostZh, ...stayZh };
const en = { ...appEn, ...hostEn, ...stayEn };
type AnyKey = keyof typeof zh;
const keys = Object.keys(zh) as AnyKey[];
const values = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

/** The keys that a template makes: `orders.${side}.${status}.until`. What is put in is a side, one of the literals it names, or one word. */
function shapeOf(template: string): RegExp {
  const parts = template.split(/(\$\{[^}]*\})/).map((part) => {
    if (!part.startsWith('${')) return part.replaceAll('.', '\\.');
    if (/^\$\{(side|sideOf\(\w+\))\}$/.test(part)) return '(guest|host)';
    const named = [...part.replaceAll(/===? '[^']*'/g, '').matchAll(/'([^']*)'/g)].map((match) =>
      (match[1] ?? '').replaceAll('.', '\\.'),
    );
    return named.length ? `(${named.join('|')})` : '[\\w-]+';
  });
  return new RegExp(`^${parts.join('')}$`);
}

describe('texts', () => {
  test('are the same ones in both languages, each in one place', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    expect(keys.length).toBe(Object.keys(appZh).length + Object.keys(hostZh).length + Object.keys(stayZh).length);
  });

  test.each(keys)('%s says something, with the same values, in the right language', (key) => {
    expect(zh[key].trim()).not.toBe('');
    expect(en[key].trim()).not.toBe('');
    expect(values(en[key])).toEqual(values(zh[key]));
    if (!key.startsWith('app.language')) expect(en[key]).not.toMatch(/\p{Script=Han}/u);
  });

  test('are all used', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(vue|ts)$/.test(name) && (!name.includes('i18n') || name.endsWith('i18n/index.ts')))
      .map((name) => readFileSync(`src/${name}`, 'utf8'))
      .join('\n');
    const templates = [...sources.matchAll(/`([a-zA-Z]+\.[^`]*\$\{[^`]*)`/g)].map((match) => shapeOf(match[1] ?? ''));
    expect(templates.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !sources.includes(`'${key}'`) && !templates.some((shape) => shape.test(key)))).toEqual(
      [],
    );
  });

  test('one and many', () => {
    expect(fill('{n} night|{n} nights', { n: 1 })).toBe('1 night');
    expect(fill('{n} night|{n} nights', { n: 1234 })).toBe('1,234 nights');
    expect(fill('{a}{b}', { a: 'x' })).toBe('x{b}');
  });
});
