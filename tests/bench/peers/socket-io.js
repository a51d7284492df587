// socket.io as a peer of the hub, WebSocket only.

import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { join } from './relay.js';

const http = createServer();
const server = new Server(http, { transports: ['websocket'], serveClient: false });

server.on('connection', (socket) => {
  const member = join({ tell: (object) => socket.emit('f', object) });
  socket.on('f', (frame) => member.hear(frame));
  socket.on('disconnect', () => member.leave());
});

http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () =>
  console.log(`listening on http://127.0.0.1:${http.address().port}`),
);
