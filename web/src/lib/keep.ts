/** What this device keeps: drafts, favourites, the last search. A full or forbidden store is no failure. */
export function keep(name: string, value: unknown): void {
  put(() => localStorage, name, value);
}

export function kept<T>(name: string): T | null {
  return take(() => localStorage, name);
}

/** What is kept until this tab is closed, and not on the device: what only its owner may read. */
export function keepInTab(name: string, value: unknown): void {
  put(() => sessionStorage, name, value);
}

export function keptInTab<T>(name: string): T | null {
  return take(() => sessionStorage, name);
}

/** Forgets drafts of houses: whoever logs in next on this device must not find them. */
export function forgetDrafts(stores: Store[] = [localStorage, sessionStorage]): void {
  for (const store of stores) {
    const names = Array.from({ length: store.length }, (_, i) => store.key(i) ?? '');
    for (const name of names) if (/^ihome\.(draft$|edit\.)/.test(name)) store.removeItem(name);
  }
}

type Store = Pick<Storage, 'length' | 'key' | 'removeItem'>;

function put(store: () => Storage, name: string, value: unknown): void {
  try {
    if (value === null) store().removeItem(`ihome.${name}`);
    else store().setItem(`ihome.${name}`, JSON.stringify(value));
  } catch {
    // a private window may refuse: then it is not kept
  }
}

function take<T>(store: () => Storage, name: string): T | null {
  try {
    const text = store().getItem(`ihome.${name}`);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}
