// Where the console begins. What the page at this address needs is asked for before most of its scripts are there: who is signed in, and
// of the lists the one that is opened most.
import { InvitationCountDocument, InvitationsDocument, ViewerDocument } from '../gql/graphql';
import { sendAhead } from './ahead';
import { ends, first } from './grid/ends';
import { filterOf, orderOf, readInvitationSearch } from './invitations/search';
import { rawOf } from './parts/search';

void import('./main'); // first: it comes also where something of the following fails
if (!/^\/staff\//.test(location.pathname)) sendAhead(ViewerDocument, {});
if (location.pathname === '/') void import('./overview/page');
if (location.pathname === '/migrations/invitations') {
  const search = readInvitationSearch(rawOf(location.search));
  const filter = filterOf(search);
  sendAhead(InvitationsDocument, { filter, orderBy: orderOf(search), ...ends(first) });
  sendAhead(InvitationCountDocument, { filter });
  void import('./invitations/page');
}
