// The tenant's page: see an offer, save a card, sign. What is true is decided by the API; this page shows it and asks.
import { render } from 'preact';

import { App } from './app';
import { takeReturn, takeToken } from './tab';

render(<App token={takeToken()} returned={takeReturn()} />, document.getElementById('setup')!);
