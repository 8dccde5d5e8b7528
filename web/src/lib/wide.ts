/** Whether a media query holds, as long as the part that asks is on the page. */
import { onBeforeUnmount, type Ref, ref } from 'vue';

export function useWide(query: string): Ref<boolean> {
  const media = window.matchMedia(query);
  const holds = ref(media.matches);
  const changed = () => (holds.value = media.matches);
  media.addEventListener('change', changed);
  onBeforeUnmount(() => media.removeEventListener('change', changed));
  return holds;
}
