// Node's `ws` library as a peer of the hub.

import { WebSocketServer } from 'ws';
import { join } from './relay.js';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 4096 });

server.on('listening', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));

server.on('connection', (connection) => {
  const member = join({ tell: (object) => connection.send(JSON.stringify(object)) });
  connection.on('message', (bytes) => member.hear(JSON.parse(bytes)));
  connection.on('close', () => member.leave());
  connection.on('error', () => connection.terminate());
});
