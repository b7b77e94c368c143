import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const port = Number(process.env.PORT ?? 4403);
// Under a policy that allows no inline script there is no hot reloading: it begins with one.
const hmr = process.env.STRICT_CSP ? false : undefined;

export default defineConfig({
  plugins: [react()],
  // The WebAssembly is found beside the package's own files, so Vite must leave them where they are.
  optimizeDeps: { exclude: ['countersign'] },
  server: { port, strictPort: true, hmr },
  preview: { port, strictPort: true },
  appType: 'spa',
});
