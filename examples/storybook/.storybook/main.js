/** @type {import('@storybook/react-vite').StorybookConfig} */
export default {
  framework: '@storybook/react-vite',
  stories: ['../src/*.stories.jsx'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // The WebAssembly is found beside the package's own files, so Vite must leave them where they are.
  viteFinal: (config) => ({ ...config, optimizeDeps: { ...config.optimizeDeps, exclude: ['countersign'] } }),
};
