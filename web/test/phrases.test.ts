import { describe, expect, test } from 'vitest';
import names from '@/i18n/names.json';
import { phrase } from '@/i18n/phrases';

describe('what hosts and imports write in Chinese', () => {
  test.each([
    ['1张床', '1 bed'],
    ['3张床', '3 beds'],
    ['双人床 1 张', '1 double bed'],
    ['双人床1张，单人床2张', '1 double bed, 2 single beds'],
    ['1室', '1 bedroom'],
    ['两室一厅', '2 bedrooms, 1 living room'],
    ['三室两厅一卫', '3 bedrooms, 2 living rooms, 1 bathroom'],
    ['开间', 'Studio'],
    ['未注明', 'not stated'],
    ['北京市东城区', 'Dongcheng, Beijing'],
    ['门头沟区', 'Mentougou, Beijing'],
  ])('%s is %s', (chinese, english) => expect(phrase(chinese)).toBe(english));

  test.each(['四合院西厢房', '鼓楼东大街', 'Two bedrooms', '双人床 1 张，窗外有枣树', '一厅半', ''])(
    '%s stays as it is',
    (text) => expect(phrase(text)).toBe(text),
  );

  test('the table has every facility in both languages', () => {
    expect(Object.keys(names.facilities)).toHaveLength(23);
    for (const { zh, en } of Object.values(names.facilities)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
