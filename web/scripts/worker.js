// The service worker: the app's files, and a page for when there is no network. It never answers for the API, for
// pictures or with a page of before, so that nothing it shows can be old: a page comes from the network, or it is the
// empty shell, in which the app itself says that there is none. The build fills in the names of the files.
const CACHE = 'ihome-__VERSION__';
const FILES = __FILES__;
const SHELL = '/offline';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...FILES, SHELL]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith('ihome-') && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      // The network is asked while the worker wakes up: it costs a visit no time.
      .then(() => self.registration.navigationPreload?.enable())
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (/^\/(api|media|docs|health|metrics)(\/|$)/.test(pathname)) return;
  if (request.mode === 'navigate') {
    event.respondWith(page(event).catch(() => caches.match(SHELL).then((shell) => shell ?? Response.error())));
  } else if (FILES.includes(pathname)) {
    // Their names change with their content.
    event.respondWith(caches.match(request, { ignoreVary: true }).then((file) => file ?? fetch(request)));
  }
});

async function page(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}
