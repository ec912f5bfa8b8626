// The page of a tenant's account: what is asked, what is charged next, and how it is paid. The API decides; this page shows it.
import { render } from 'preact';

import { takeReturn } from '../setup/tab';
import { App } from './app';
import { takeLink } from './link';

const returned = takeReturn();
render(<App link={takeLink()} returned={returned} />, document.getElementById('account')!);
