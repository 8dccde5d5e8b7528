/** All that only readers of English need: the texts, and how to say what hosts and imports write in Chinese. */
export { en } from './en';
export { phrase } from './phrases';
export { noticeInEnglish } from './notices';
export { personInEnglish } from './people';
