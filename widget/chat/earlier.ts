/** Asks the hub for lines before those on screen; over HTTP, where they travel compressed. */
import type { Chat } from '../kit/chats';
import type { Event, Face } from '../kit/wire';

/** One page of lines: two or three screens. */
const PAGE = 50;

interface EarlierPage {
  readonly events: readonly Event[];
  readonly faces: readonly Face[];
}

export class Earlier {
  readonly #key: string;
  #isLoading = false;

  constructor(key: string) {
    this.#key = key;
  }

  /** Puts a page before the first line of the chat; false when the hub did not give it. */
  async load(chat: Chat, token: string): Promise<boolean> {
    if (this.#isLoading) return true;
    this.#isLoading = true;
    try {
      const address = `/v1/visitor/chats/${chat.id}/events?before=${chat.first}&limit=${PAGE}`;
      const headers = { Authorization: `Bearer ${token}`, 'X-Package': this.#key };
      const answer = await fetch(address, { headers });
      if (!answer.ok) return false;
      const page: EarlierPage = await answer.json();
      chat.prepend(page.events, page.faces);
      return true;
    } catch {
      return false;
    } finally {
      this.#isLoading = false;
    }
  }
}
