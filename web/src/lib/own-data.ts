/** One's own data: the file it is saved as, and what this device forgets with the account. */
import { call } from './api';

/** Things of the device rather than of a person. */
const STAYS = ['ihome.locale'];

/** The name of the file, by the moment that the server names (`YYYY-MM-DD HH:MM:SS`). */
export function fileName(exportedAt: string): string {
  return `ihome-${exportedAt.slice(0, 10)}.json`;
}

/** Fetches the copy and hands it to the browser as a download. */
export async function download(): Promise<void> {
  const data = await call('exportAccount');
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(data.exported_at);
  link.click();
  // The browser reads it after the click.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Drafts, favourites and searches of an account that is gone. */
export function forget(store: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const names = Array.from({ length: store.length }, (_, i) => store.key(i) ?? '');
  for (const name of names) if (name.startsWith('ihome.') && !STAYS.includes(name)) store.removeItem(name);
}
