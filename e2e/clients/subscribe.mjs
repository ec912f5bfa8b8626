// Asks for one operation with the reference client of a transport, as anybody would who reads its documentation, and tells each
// thing that the client hears in a line of JSON. It ends when the operation does, or when its standard input does.
import { createClient as overSocket } from 'graphql-ws';
import { createClient as overEvents } from 'graphql-sse';
import WebSocket from 'ws';

const { TRANSPORT, SITE, TOKEN, QUERY } = process.env;
const url = `${SITE}/graphql`;
const authorization = TOKEN ? { Authorization: `Bearer ${TOKEN}` } : {};

const clients = {
  'graphql-ws': () =>
    overSocket({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, connectionParams: authorization, retryAttempts: 0 }),
  'graphql-sse': () => overEvents({ url, headers: authorization, retryAttempts: 0 }),
};

const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const client = clients[TRANSPORT]();

process.stdin.resume().on('end', () => process.exit());
client.subscribe(
  { query: QUERY },
  {
    next: (result) => tell({ next: result }),
    error: (e) => {
      tell({ error: { code: e.code, message: e.reason ?? e.message ?? JSON.stringify(e) } });
      process.exit();
    },
    complete: () => {
      tell({ complete: true });
      process.exit();
    },
  },
);
