/**
 * The photos of one house: uploads, order, removal. What changes the house goes one after another, so that the order
 * chosen is the order kept, and a slow line is not shared by eight uploads.
 */
import { computed, getCurrentScope, onScopeDispose, reactive, ref } from 'vue';
import { h } from '@/i18n/host';
import { t } from '@/i18n';
import { ApiError, call, onSessionEnded, upload } from './api';
import { inWords } from './failure';
import { keep, kept } from './keep';
import { NotAPicture, shrink } from './pixels';

export interface HousePhoto {
  /** Of this page: an upload has it before the server gives it an id. */
  key: string;
  /** Null while it is not on the server. */
  id: number | null;
  url: string;
  name: string;
  state: 'waiting' | 'shrinking' | 'sending' | 'there' | 'bad' | 'failed';
  progress: number;
  why: string;
  file?: File;
}

/** The list with the item at one place moved to another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  if (item !== undefined) copy.splice(Math.max(0, Math.min(to, copy.length)), 0, item);
  return copy;
}

/** Tells the server again of the removal of a page that went away. Safe however often: a photo that is gone stays gone. */
export function tellLeft(): void {
  const path = kept<string>('photo-left');
  keep('photo-left', null);
  if (path) void fetch(path, { method: 'DELETE', keepalive: true }).catch(() => {});
}

/** As many photos as a house can have; the server's limit (AddHousePhoto). */
export const MOST_PHOTOS = 30;

/** How long a removal can be undone, in milliseconds; the server hears of it after that. */
const UNDO_TIME = 8000;

export function usePhotos(house: number) {
  const photos = ref<HousePhoto[]>();
  const loadFailure = ref<unknown>();
  /** Why the last change of order or removal failed. */
  const wrong = ref('');
  const removed = ref<{ photo: HousePhoto; place: number }>();
  /** How many of the files chosen last there was no place for. */
  const tooMany = ref(0);
  const busy = computed(() =>
    (photos.value ?? []).some(
      (each) => each.state === 'waiting' || each.state === 'shrinking' || each.state === 'sending',
    ),
  );
  let line: Promise<void> = Promise.resolve();
  let serial = 0;
  let timer = 0;

  /** What waits when the session ends is sent by the page that comes after the log-in, and by it alone. */
  let ended = false;
  const unsubscribe = onSessionEnded(() => (ended = true));
  if (getCurrentScope()) onScopeDispose(unsubscribe);

  const next = (work: () => Promise<void>) => (line = line.then(work, work));

  async function load(): Promise<void> {
    loadFailure.value = undefined;
    try {
      const own = await call('getOwnHouse', { path: { house_id: house } });
      const uploads = (photos.value ?? []).filter((each) => each.id === null);
      photos.value = [...own.images.map(({ image_id, url }) => there(image_id, url)), ...uploads];
    } catch (problem) {
      loadFailure.value = problem;
    }
  }

  const there = (id: number, url: string): HousePhoto => ({
    key: `p${id}`,
    id,
    url,
    name: '',
    state: 'there',
    progress: 1,
    why: '',
  });

  function add(files: Iterable<File>): void {
    const chosen = [...files];
    // What is bad takes no place; what is being removed does until it is gone.
    const taken =
      (photos.value ?? []).filter((each) => each.state !== 'bad').length + (removed.value?.photo.id ? 1 : 0);
    const places = Math.max(0, MOST_PHOTOS - taken);
    tooMany.value = Math.max(0, chosen.length - places);
    for (const file of chosen.slice(0, places)) {
      const photo = reactive<HousePhoto>({
        key: `u${serial++}`,
        id: null,
        url: URL.createObjectURL(file),
        name: file.name,
        state: 'waiting',
        progress: 0,
        why: '',
        file,
      });
      photos.value?.push(photo);
      void next(() => send(photo));
    }
  }

  async function send(photo: HousePhoto): Promise<void> {
    if (ended || !photo.file || !photos.value?.some((each) => each.key === photo.key)) return;
    try {
      photo.state = 'shrinking';
      const picture = await shrink(photo.file);
      if (ended) return;
      photo.state = 'sending';
      const answer = await upload<{ url: string; image_id: number }>(
        `/api/v1.0/houses/${house}/images`,
        'house_image',
        picture,
        (done) => (photo.progress = done),
      );
      photo.id = answer.image_id;
      photo.state = 'there';
      // It may have been dragged elsewhere while it was on its way; the server has it last.
      if (photos.value.some((each, place) => each.id !== null && place > photos.value!.indexOf(photo)))
        void next(saveOrder);
    } catch (problem) {
      const bad = problem instanceof NotAPicture || (problem instanceof ApiError && problem.errno === '4103');
      photo.state = bad ? 'bad' : 'failed';
      photo.why = bad ? t('photos.bad') : inWords(problem);
    }
  }

  function retry(photo: HousePhoto): void {
    ended = false;
    photo.state = 'waiting';
    photo.progress = 0;
    photo.why = '';
    void next(() => send(photo));
  }

  /** Shows the new order at once; `keepOrder` has the server keep it. */
  function move(from: number, to: number): void {
    if (photos.value) photos.value = moved(photos.value, from, to);
  }

  const keepOrder = () => next(saveOrder);

  async function saveOrder(): Promise<void> {
    const ids = (photos.value ?? []).flatMap((each) => (each.id === null ? [] : [each.id]));
    // What is about to be removed is still on the server, which wants to hear of all.
    if (removed.value?.photo.id) ids.push(removed.value.photo.id);
    wrong.value = '';
    if (ids.length < 2) return;
    try {
      await call('orderHouseImages', { path: { house_id: house }, body: { image_ids: ids } });
    } catch (problem) {
      const old = problem instanceof ApiError && problem.errno === '4103';
      wrong.value = old ? h('photos.changedElsewhere') : inWords(problem);
      await load();
    }
  }

  /** Takes a photo away; it comes back with `undo` for some seconds. */
  function remove(photo: HousePhoto): void {
    void settle();
    tooMany.value = 0;
    const place = photos.value?.indexOf(photo) ?? -1;
    if (place < 0) return;
    photos.value?.splice(place, 1);
    if (photo.id === null) return URL.revokeObjectURL(photo.url);
    removed.value = { photo, place };
    timer = window.setTimeout(() => void settle(), UNDO_TIME);
  }

  function undo(): void {
    window.clearTimeout(timer);
    tooMany.value = 0;
    if (removed.value) photos.value?.splice(removed.value.place, 0, removed.value.photo);
    removed.value = undefined;
  }

  /** Tells the server of a removal that can be undone no longer. */
  function settle(): Promise<void> {
    window.clearTimeout(timer);
    const gone = removed.value;
    removed.value = undefined;
    if (!gone?.photo.id) return line;
    const path = { house_id: house, image_id: gone.photo.id };
    return next(async () => {
      try {
        await call('deleteHouseImage', { path });
      } catch (problem) {
        if (problem instanceof ApiError && problem.errno === '4002') return;
        wrong.value = inWords(problem);
        await load();
      }
    });
  }

  /** The page is going away for good: a removal is told while there is time, and again by the next page. */
  function leave(): void {
    const id = removed.value?.photo.id;
    removed.value = undefined;
    if (!id) return;
    const path = `/api/v1.0/houses/${house}/images/${id}`;
    keep('photo-left', path);
    void fetch(path, { method: 'DELETE', keepalive: true }).catch(() => {});
  }

  return {
    photos,
    loadFailure,
    wrong,
    removed,
    busy,
    tooMany,
    load,
    add,
    retry,
    move,
    keepOrder,
    remove,
    undo,
    settle,
    leave,
  };
}
