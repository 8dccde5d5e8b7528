/** The page's title, in the language of the app. */
import { t } from '@/i18n';

export function setTitle(text: string): void {
  document.title = text === t('app.title') ? text : `${text} · ${t('app.name')}`;
}
