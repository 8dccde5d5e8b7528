/** Whether a page is on its way that takes longer than a blink: the frame shows it. */
import { ref } from 'vue';
import type { Router } from 'vue-router';

const PATIENCE = 300;
export const navigating = ref(false);

export function watchNavigation(router: Router): void {
  let timer = 0;
  const over = () => {
    window.clearTimeout(timer);
    navigating.value = false;
  };
  router.beforeEach(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (navigating.value = true), PATIENCE);
  });
  router.afterEach(over);
  router.onError(over);
}
