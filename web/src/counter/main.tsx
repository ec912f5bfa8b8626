// The counter: what an attendant does with a customer who stands there. A client of the API like the console, and it holds no rule.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { answers } from '../console/api';
import { colors } from '../console/theme';
import { router } from './router';
import { theme } from './theme';

// The page's policy lets in style elements that carry this word, which the server makes anew for each answer.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.nonce ?? '';
setNonce(nonce);

// A bank's page leads back with a secret of Stripe's in the address. The step asks the API what became of the card, so nobody needs it.
if (new URLSearchParams(location.search).has('setup_intent'))
  history.replaceState(history.state, '', location.pathname);

createRoot(document.getElementById('counter')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={colors}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="top-center" autoClose={8000} />
      <QueryClientProvider client={answers}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
