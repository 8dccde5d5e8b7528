import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/**
 * Vant's icon font comes inside its style sheet, with an outside host as its second source. The app draws its own
 * icons, and contacts no other host: the font goes.
 */
function withoutVantIconFont(): Plugin {
  return {
    name: 'without-vant-icon-font',
    enforce: 'pre',
    load(id) {
      return /vant[\\/]es[\\/]icon[\\/]index\.css/.test(id) ? '.van-icon{display:none}' : null;
    },
  };
}

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.IHOME_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [vue(), withoutVantIconFont()],
  resolve: { alias: { '@': folder('./src'), '#api': folder('./.generated') } },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    target: ['chrome107', 'safari16', 'firefox108'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rollupOptions: {
      output: {
        // The first page is three files, not twenty: on a phone's line a request costs more than a kilobyte.
        advancedChunks: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router)[\\/]/ },
            {
              name: 'base',
              test: /src[\\/](lib[\\/](?!pixels|beijing|sketch|change|deposit|reviews|draft|unsaved|occupants|orders|sending|check|host-|house-|photos)|i18n[\\/](index|zh|names)|parts[\\/](Icon|Photo|Sheet|Trouble|SearchFields)\.vue)/,
            },
          ],
        },
      },
    },
  },
  // With the browser's Host: the server refuses writes whose Origin is another one.
  server: {
    proxy: { '/api': { target: server, changeOrigin: false }, '/media': { target: server, changeOrigin: false } },
  },
  test: { include: ['test/**/*.test.ts'], setupFiles: ['./test/clock.ts'] },
} as Parameters<typeof defineConfig>[0]);
