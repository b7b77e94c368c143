import 'countersign/styles/page.css';

/** @type {import('@storybook/react-vite').Preview} */
export default {
  parameters: { layout: 'padded', controls: { expanded: true } },
};
