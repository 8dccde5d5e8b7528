/** Who comes, in words. */
import { locale, t } from '@/i18n';
import type { Who } from './search';

/** `2 位成人、1 名儿童`; those of whom there are none are left out. */
export function guestsInWords({ adults, children, infants }: Who): string {
  return [
    t('guests.adults', { n: adults }),
    ...(children ? [t('guests.children', { n: children })] : []),
    ...(infants ? [t('guests.infants', { n: infants })] : []),
  ].join(locale.value === 'zh' ? '、' : ', ');
}
