/** What the server would have sent: captchas' texts, codes, notices. */
import { readFileSync } from 'node:fs';
import { where } from './where';

/** The newest line of the outbox that fits. */
export function fromOutbox(kind: string, match: (line: Record<string, string>) => boolean): Record<string, string> {
  const lines = readFileSync(where().outbox, 'utf8').trim().split('\n');
  const found = lines
    .map((line) => JSON.parse(line) as Record<string, string>)
    .filter((line) => line.kind === kind && match(line))
    .at(-1);
  if (!found) throw new Error(`no ${kind} in the outbox`);
  return found;
}
