/**
 * Answers that the server laid into the page itself (`<script type="application/json" id="first">`, an object of
 * answers by address), so that the first view needs no second round. Each is used once: later it would be old.
 */
import { dataOf } from './api';

let answers: Record<string, unknown> | undefined;

/** A paragraph of one of the site's own texts. */
export interface Block {
  kind: 'h1' | 'h2' | 'li' | 'p';
  text: string;
}

/** The text that the server laid into the page; once. */
export function takeText(): Block[] | undefined {
  firstAnswer('');
  const text = answers?.text as Block[] | undefined;
  delete answers?.text;
  return text;
}

/** How many houses the first list has in all; it came as a header. */
export function firstTotal(): number | null {
  return typeof answers?.total === 'number' ? answers.total : null;
}

export function firstAnswer<T>(address: string): T | undefined {
  if (answers === undefined) {
    const element = document.getElementById('first');
    answers = element?.textContent ? (JSON.parse(element.textContent) as Record<string, unknown>) : {};
  }
  const answer = answers[address];
  if (answer === undefined) return undefined;
  delete answers[address];
  try {
    return dataOf<T>(answer, new Headers());
  } catch {
    return undefined;
  }
}
