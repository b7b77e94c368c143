import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Authorize } from './authorize.jsx';
import { Login } from './login.jsx';

const router = createBrowserRouter([
  { path: '/oauth/authorize', element: <Authorize /> },
  { path: '/login', element: <Login /> },
]);

createRoot(document.getElementById('root')).render(<StrictMode><RouterProvider router={router} /></StrictMode>);
