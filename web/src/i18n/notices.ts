/** The sentences of notices (ihome.booking.OrderNotices, DepositClaimNotices, StayChangeNotices) in English. One that is not here stays as it was written. */
const SENTENCES: Record<string, string> = {
  '预订成功，入住时付款给房东': 'Booked. Pay the host on arrival',
  '已为你保留，请尽快付款': 'Your nights are held. Please pay soon',
  '预订已提交，等待房东接单': 'Request sent. Waiting for the host to reply',
  '房东已接单，入住时付款给房东': 'The host accepted. Pay on arrival',
  '房东已接单，请尽快付款': 'The host accepted. Please pay soon',
  房东没有接单: 'The host declined your request',
  你已取消订单: 'You cancelled this booking',
  '房东没有及时接单，订单已自动取消': 'The host didn’t reply in time, so the request was cancelled',
  '没有及时付款，订单已自动取消': 'It wasn’t paid in time, so the booking was cancelled',
  '付款成功，预订已确认': 'Payment received. Your booking is confirmed',
  '已离店，欢迎写评价': 'You’ve checked out. Leave a review',
  '房东已退还押金，款项将原路退回': 'The host released your deposit. It is going back to the account you paid from',
  '有一笔付款无法入账，将原路退回':
    'A payment couldn’t be used for this booking. It is going back to the account it came from',
  '收到新订单，房客入住时付款': 'New booking. The guest pays on arrival',
  '收到新订单，等待房客付款': 'New booking. Waiting for the guest to pay',
  '收到预订请求，请尽快回复': 'New request. Please reply soon',
  房客已取消订单: 'The guest cancelled',
  房东取消了订单: 'The host cancelled your booking',
  '房东取消了订单，已付款项将全额原路退回':
    'The host cancelled your booking. Everything you paid is going back to the account you paid from',
  '你已取消订单，这些日期已关闭': 'You cancelled the booking. Its dates stay blocked',
  房客已付款: 'The guest has paid',
  '你没有及时接单，订单已自动取消': 'You didn’t reply in time, so the request was cancelled',
  '房客没有及时付款，订单已自动取消': 'The guest didn’t pay in time, so the booking was cancelled',
  房客已离店: 'Your guest has checked out',
  收到新评价: 'You have a new review',
  '房东标记你没有入住，订单已按取消政策结束':
    'The host reported that you didn’t arrive. The booking ended under its cancellation policy',
  '已标记房客没有入住，这些日期重新开放预订': 'Marked as a no-show. The dates are open for booking again',
  '房东申请从押金中扣款，请在 72 小时内答复，不答复视为同意':
    'The host is asking for part of your deposit. Reply within 72 hours; no reply counts as agreement',
  '房东的押金扣款申请还有两天到期，不答复视为同意':
    'Two days left to reply to the host’s claim on your deposit. No reply counts as agreement',
  '房东的押金扣款申请还有 12 小时到期，不答复视为同意':
    '12 hours left to reply to the host’s claim on your deposit. No reply counts as agreement',
  '你没有及时答复，押金扣款视为同意': 'You didn’t reply in time, so the claim on your deposit counts as accepted',
  平台已裁定押金扣款金额: 'The claim on the deposit has been decided',
  房客同意了押金扣款: 'The guest accepted your claim on the deposit',
  '房客对押金扣款有异议，将由平台裁定': 'The guest disputes your claim on the deposit. It will be decided by our team',
  '房客没有及时答复，押金扣款视为同意':
    'The guest didn’t reply in time, so your claim on the deposit counts as accepted',
  '房客申请更改订单，请尽快答复': 'The guest would like to change the booking. Please answer soon',
  '房东申请更改订单，请尽快答复': 'The host would like to change the booking. Please answer soon',
  '房东同意了更改，订单已更新': 'The host accepted the change. Your booking is updated',
  请留意退款: 'Your booking is changed, and a refund is on its way',
  房东没有同意更改订单: 'The host declined to change the booking',
  房东撤回了更改订单的申请: 'The host withdrew the change',
  '差价已支付，订单已更新': 'The difference is paid. Your booking is updated',
  '没有及时支付差价，订单没有更改': 'The difference wasn’t paid in time. Your booking stays as it is',
  '房客同意了更改，正在支付差价': 'The guest accepted the change and is paying the difference',
  '房客同意了更改，订单已更新': 'The guest accepted the change. The booking is updated',
  房客没有同意更改订单: 'The guest declined to change the booking',
  房客撤回了更改订单的申请: 'The guest withdrew the change',
  '房客已支付差价，订单已更新': 'The guest paid the difference. The booking is updated',
  '房客没有及时支付差价，订单没有更改': 'The guest didn’t pay the difference in time. The booking stays as it is',
  '更改订单的申请没有得到及时答复，已失效': 'The change wasn’t answered in time. The booking stays as it is',
};

/** Sentences with an amount in them. */
const WITH_AMOUNT: [RegExp, string][] = [
  [/^请尽快支付更改订单的差价 ([^\d，]+[\d.]+)$/, 'Please pay the difference of $1 for the changed booking soon'],
];

export function noticeInEnglish(what: string): string {
  const known = SENTENCES[what];
  if (known) return known;
  const [form, english] = WITH_AMOUNT.find(([pattern]) => pattern.test(what)) ?? [];
  return form && english ? what.replace(form, english) : what;
}
