// The token of a mailed link. It arrives in the address behind "#", which browsers send to nobody but keep, sync and show over
// shoulders: so it is taken out at once, and lives in this page's memory until it is used.

/** Takes the token out of the address; "" where there is none. */
export function takeLink(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

/** Calls back when a link is opened in a tab that shows this page already: the browser then only moves to the fragment. */
export function onLink(opened: (token: string) => void): () => void {
  const look = () => {
    const token = takeLink();
    if (token) opened(token);
  };
  addEventListener('hashchange', look);
  return () => removeEventListener('hashchange', look);
}

const changing = 'account.changing';

/** Which reservation's method is being changed, over a visit to a bank's page. */
export const underWay = {
  get: () => sessionStorage.getItem(changing),
  set(reservation: string) {
    sessionStorage.setItem(changing, reservation);
  },
  clear() {
    sessionStorage.removeItem(changing);
  },
};
