/**
 * What lies over a page (calendar, sheet, gallery) and is closed by Back before Back leaves the page. Opening adds an
 * entry of the same address to the browser's history; Back takes it away and closes, closing in any other way takes it
 * away too. The router hears of neither, and navigates only once those entries are gone.
 */
import { onBeforeUnmount, type Ref, watch } from 'vue';

interface Overlay {
  level: number;
  open: Ref<boolean>;
}

/** Should a browser never tell that an entry is gone, navigation goes on after this time. */
const LOST_AFTER = 400;

const overlays: Overlay[] = [];
/** Entries that are being taken away by us. */
let leaving = 0;
let told: (() => void)[] = [];

const levelOf = (state: unknown): number => (state as { overlay?: number } | null)?.overlay ?? 0;

function enter(open: Ref<boolean>): void {
  const level = levelOf(window.history.state) + 1;
  overlays.push({ level, open });
  window.history.pushState({ ...window.history.state, overlay: level }, '');
}

function leave(open: Ref<boolean>): void {
  // eslint-disable-next-line vue/no-ref-as-operand -- the same ref, whatever its value is
  const index = overlays.findIndex((each) => each.open === open);
  if (index < 0) return;
  overlays.splice(index, 1);
  leaving++;
  window.history.back();
}

/** Runs before the router's own listener: it is no change of the address, so the router is not told. */
function popped(event: PopStateEvent): void {
  if (leaving > 0) {
    leaving--;
    event.stopImmediatePropagation();
    if (!leaving) tellAll();
    return;
  }
  const level = levelOf(event.state);
  const closed = overlays.filter((each) => each.level > level);
  if (!closed.length) return;
  overlays.splice(0, overlays.length, ...overlays.filter((each) => each.level <= level));
  const here = (event.state as { current?: string } | null)?.current;
  // Further back than the page under the overlay: that is the router's to show.
  if (here === undefined || here === address) event.stopImmediatePropagation();
  for (const each of closed) each.open.value = false;
}

let address: string | undefined;

function tellAll(): void {
  for (const each of told) each();
  told = [];
}

if (typeof window !== 'undefined') window.addEventListener('popstate', popped, { capture: true });

/** Has Back close what this opens. */
export function closedByBack(open: Ref<boolean>): void {
  watch(
    open,
    (now, before) => {
      if (now) {
        address = (window.history.state as { current?: string } | null)?.current;
        enter(open);
      } else if (before) leave(open);
    },
    { immediate: true, flush: 'sync' },
  );
  onBeforeUnmount(() => leave(open));
}

/** Closes what is open, and waits until the browser's history is as it was before; for the router. */
export async function overlaysClosed(): Promise<void> {
  for (const each of [...overlays]) {
    each.open.value = false;
    leave(each.open);
  }
  if (!leaving) return;
  await new Promise<void>((resolve) => {
    told.push(resolve);
    window.setTimeout(() => {
      leaving = 0;
      tellAll();
    }, LOST_AFTER);
  });
}
