/** What this device keeps: drafts, favourites, the last search. A full or forbidden store is no failure. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`ihome.${name}`);
    else localStorage.setItem(`ihome.${name}`, JSON.stringify(value));
  } catch {
    // a private window may refuse: then it is not kept
  }
}

export function kept<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(`ihome.${name}`);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}
