import 'countersign/styles/page.css';

export const metadata = { title: 'Harbor', icons: { icon: '/favicon.svg' } };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
