// What a peer does with a message: number it, remember the last ones, acknowledge
// it to the visitor and hand it to the consultant. The hub does the same and
// keeps it on disk besides. Sockets are anything with `tell(object)`.

const REMEMBERED = 64;

let lastChat = 0;
const chats = new Map();
const desks = new Map();
const visitors = new Set();

export function join(socket) {
  return {
    hear(frame) {
      switch (frame.t) {
        case 'hello':
          if (frame.desk === undefined) visitors.add(socket);
          else desks.set(frame.desk, socket);
          socket.tell({ t: 'welcome', tok: 'none', now: Date.now(), chats: [] });
          return;
        case 'open':
          open(socket, frame);
          return;
        case 'say':
          say(socket, frame);
          return;
        case 'status':
          for (const visitor of visitors) visitor.tell({ t: 'presence', open: true, team: [{ id: 'A', name: 'Anna', status: frame.status }] });
          return;
      }
    },
    leave() {
      visitors.delete(socket);
    },
  };
}

function open(socket, frame) {
  lastChat += 1;
  const chat = { id: `C${lastChat}`, desk: frame.desk, seq: 0, events: [], acks: new Map() };
  chats.set(chat.id, chat);
  say(socket, { chat: chat.id, cid: frame.cid, body: frame.body });
}

function say(socket, frame) {
  const chat = chats.get(frame.chat);
  const earlier = chat.acks.get(frame.cid);
  if (earlier) {
    socket.tell(earlier);
    return;
  }
  chat.seq += 1;
  const at = Date.now();
  const ack = { t: 'ack', cid: frame.cid, chat: chat.id, seq: chat.seq, at };
  const event = { t: 'ev', chat: chat.id, seq: chat.seq, at, from: { by: 'visitor' }, k: 'said', cid: frame.cid, body: frame.body };
  chat.events.push(event);
  chat.acks.set(frame.cid, ack);
  if (chat.events.length > REMEMBERED) chat.acks.delete(chat.events.shift().cid);
  socket.tell(ack);
  desks.get(chat.desk)?.tell(event);
}
