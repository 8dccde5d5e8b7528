/** A short word at the foot of the page; screen readers hear it. */
import { ref } from 'vue';

export const said = ref('');
let timer = 0;

export function say(text: string): void {
  said.value = text;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => (said.value = ''), 4000);
}
