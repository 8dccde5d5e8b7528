import { createApp } from 'vue';
import App from './App.vue';
import { restoreLocale } from './i18n';
import { kept } from './lib/keep';
import { router } from './router';
import './styles/tokens.css';
import './styles/base.css';

await restoreLocale().catch(() => {});
const app = createApp(App).use(router);
// The first view and its frame appear together: a frame alone would jump when the view comes.
await router.isReady().catch(() => {});
app.mount('#app');

// A page that went away while a photo's removal could still be undone.
if (kept('photo-left')) void import('./lib/photos').then(({ tellLeft }) => tellLeft());

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // After the first page has all it needs: the worker fetches every file of the app.
  const install = () => setTimeout(() => void navigator.serviceWorker.register('/worker.js').catch(() => {}), 3000);
  if (document.readyState === 'complete') install();
  else window.addEventListener('load', install, { once: true });
}
