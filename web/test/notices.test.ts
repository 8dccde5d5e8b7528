import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticeInEnglish } from '../src/i18n/notices';
import { detailOf, toldBy } from '../src/lib/notices';

test('a notice is taken apart, whatever its title and its reason hold', () => {
  expect(toldBy('「鼓楼旁的四合院」2026-06-02 至 2026-06-04：房东已拒单：这几天家里要维修')).toEqual({
    what: '房东已拒单',
    title: '鼓楼旁的四合院',
    from: '2026-06-02',
    until: '2026-06-04',
    why: '这几天家里要维修',
  });
  expect(toldBy('「a」：「b」2026-06-02 至 2026-06-04：付款成功')).toMatchObject({
    title: 'a」：「b',
    what: '付款成功',
    why: undefined,
  });
  expect(toldBy('「院子」2026-06-02 至 2026-06-04：房东已拒单：\n两行：都在')).toMatchObject({ why: '\n两行：都在' });
  expect(toldBy('别的话')).toEqual({ what: '别的话' });
});

test('what follows is the amount of a claim, or the reason that somebody gave', () => {
  const detail = (text: string) => detailOf(toldBy(`「院子」2026-06-02 至 2026-06-04：${text}`));
  expect(detail('房客同意了押金扣款：¥120.50')).toBe('金额：¥120.50');
  expect(detail('房东已拒单：¥120 太少')).toBe('原因：¥120 太少');
  expect(detail('付款成功，预订已确认')).toBe('');
  expect(detail('房客申请更改订单，请尽快答复：改为 2026-06-03 至 2026-06-07，费用增加 ¥937.50')).toBe(
    '改为 6月3日 周三 – 6月7日 周日，费用增加 ¥937.50',
  );
  expect(detail('房客申请更改订单，请尽快答复：改为 2026-06-03 至 2026-06-07，费用不变')).toBe(
    '改为 6月3日 周三 – 6月7日 周日，费用不变',
  );
  expect(detail('请留意退款：订单已更改，¥468.50 将原路退回')).toBe('¥468.50 将退回付款时的账户');
  expect(detail('房东没有接单：改为 2026-06-03 至 2026-06-07 吧')).toBe('原因：改为 2026-06-03 至 2026-06-07 吧');
});

test('every sentence that the server writes has its English', () => {
  const source = ['OrderNotices', 'DepositClaimNotices', 'StayChangeNotices']
    .map((name) =>
      readFileSync(new URL(`../../server/src/main/java/ihome/booking/${name}.java`, import.meta.url), 'utf8'),
    )
    .join('');
  const sentences = [...source.matchAll(/"([^"]*[\u4e00-\u9fff][^"]*)"/g)]
    .map((match) => match[1] ?? '')
    .filter((each) => !/[「」：]/.test(each) && each.trim() !== '至');
  expect(sentences.length).toBeGreaterThan(15);
  // Those of amounts and dates are parts of sentences, which detailOf and the pattern of notices.ts read.
  const parts = ['费用不变', '费用增加 ', '费用减少 ', '，', ' 将原路退回', '请尽快支付更改订单的差价 ', '请'];
  expect(sentences.filter((each) => noticeInEnglish(each) === each && !parts.includes(each))).toEqual([]);
  expect(noticeInEnglish('请尽快支付更改订单的差价 ¥12.50')).toBe(
    'Please pay the difference of ¥12.50 for the changed booking soon',
  );
});
