import { createApp } from 'vue';
import App from './App.vue';
import { restoreLocale } from './i18n';
import { router } from './router';
import './styles/tokens.css';
import './styles/base.css';

await restoreLocale().catch(() => {});
createApp(App).use(router).mount('#app');
