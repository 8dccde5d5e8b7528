/** The sentences of notices (ihome.booking.OrderNotices) in English. One that is not here stays as it was written. */
const SENTENCES: Record<string, string> = {
  '预订成功，入住时付款给房东': 'Booked. Pay the host on arrival',
  '已为你保留，请尽快付款': 'Your nights are held. Please pay soon',
  '预订已提交，等待房东接单': 'Request sent. Waiting for the host to reply',
  '房东已接单，入住时付款给房东': 'The host accepted. Pay on arrival',
  '房东已接单，请尽快付款': 'The host accepted. Please pay soon',
  '房东没有接单': 'The host declined your request',
  '你已取消订单': 'You cancelled this booking',
  '房东没有及时接单，订单已自动取消': 'The host didn’t reply in time, so the request was cancelled',
  '没有及时付款，订单已自动取消': 'It wasn’t paid in time, so the booking was cancelled',
  '付款成功，预订已确认': 'Payment received. Your booking is confirmed',
  '已离店，欢迎写评价': 'You’ve checked out. Leave a review',
  '房东已退还押金，款项将原路退回': 'The host released your deposit. It is going back to the account you paid from',
  '有一笔付款无法入账，将原路退回': 'A payment couldn’t be used for this booking. It is going back to the account it came from',
  '收到新订单，房客入住时付款': 'New booking. The guest pays on arrival',
  '收到新订单，等待房客付款': 'New booking. Waiting for the guest to pay',
  '收到预订请求，请尽快回复': 'New request. Please reply soon',
  '房客已取消订单': 'The guest cancelled',
  '房客已付款': 'The guest has paid',
  '你没有及时接单，订单已自动取消': 'You didn’t reply in time, so the request was cancelled',
  '房客没有及时付款，订单已自动取消': 'The guest didn’t pay in time, so the booking was cancelled',
  '房客已离店': 'Your guest has checked out',
  '收到新评价': 'You have a new review',
};

export const noticeInEnglish = (what: string): string => SENTENCES[what] ?? what;
