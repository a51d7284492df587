/** A message for when nobody is there: what is written goes to the business, which answers by e-mail. */
import { signal } from '@preact/signals-core';
import { mint } from '../kit/outbox';
import { type Answers, EMAIL, NAME } from './answers';
import type { Conversation } from './conversation';
import type { Host } from './host';
import { config } from './speech';

/** Where it stands, or why it was not taken: the address is wrong, or what a text says. */
type LetterState = 'none' | 'writing' | 'sending' | 'sent' | 'email' | 'letter.rate' | 'letter.failed';

/** The hub's answer to a field it does not take (RFC 9457). */
interface Problem {
  readonly code?: string;
  readonly pointer?: string;
}

const PATIENCE_MS = 20_000;
/** The hub takes no longer address of a page. */
const URL_CHARS = 2_048;

export class Letter {
  readonly #conversation: Conversation;
  readonly #host: Host;
  readonly state = signal<LetterState>('none');
  /** The text that may have arrived although no answer came, and its name: the hub keeps a name once. */
  #tried = '';
  #cid = '';

  constructor(conversation: Conversation, host: Host) {
    this.#conversation = conversation;
    this.#host = host;
  }

  open(): void {
    this.state.value = 'writing';
  }

  leave(): void {
    this.state.value = 'none';
  }

  /** Sends the draft; it stays where it is until the hub has it. */
  async send(): Promise<void> {
    const { answers, view } = this.#conversation;
    const body = view.draft.value.trim();
    if (body === '' || this.state.value === 'sending') return;
    this.state.value = 'sending';
    const outcome = await this.#post(body, answers);
    this.state.value = outcome;
    if (outcome !== 'sent') return;
    this.#tried = '';
    this.#conversation.write('');
    answers.used();
  }

  async #post(body: string, answers: Answers): Promise<LetterState> {
    const name = answers.get(NAME).trim();
    const url = this.#host.page.url.slice(0, URL_CHARS);
    if (body !== this.#tried) {
      this.#tried = body;
      this.#cid = mint();
    }
    const message = {
      cid: this.#cid,
      package: config.key,
      email: answers.get(EMAIL).trim(),
      body,
      consented: answers.hasConsented,
      ...(name !== '' && { name }),
      ...(url !== '' && { page_url: url }),
    };
    try {
      const answer = await fetch('/v1/visitor/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.ok) return 'sent';
      const { code, pointer }: Problem = await answer.json();
      if (code === 'rate') return 'letter.rate';
      return pointer === '/email' ? 'email' : 'letter.failed';
    } catch {
      return 'letter.failed';
    }
  }
}
