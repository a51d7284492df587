// The live preview: asks the hub what the loader would be told of a draft, and hands over the newest answer.
import { signal } from '@preact/signals';
import type { PackageSettings } from '../../widget/kit/settings';
import type { PackageId } from '../../widget/kit/wire';
import { browser, type Cancel, type World } from '../../widget/kit/world';
import type { PackagesApi, PreviewButton } from './api-packages';

/** Long enough not to ask at each letter, short enough to seem immediate. */
const CALM_MS = 250;
/** A label that never comes by itself while somebody looks; a browser's timers hold no more than 24 days. */
const NEVER_SECONDS = 1_000_000;
/** A regular expression no page fits. */
const NOWHERE = '(?!)';
/** The label comes right after it was drawn, so that a button that comes off its edge is seen to do so. */
const AT_ONCE_SECONDS = 0.001;

/** What the preview shows. */
export interface PreviewState {
  /** The label shows, or the button stands at its edge without it. */
  isLabelShown: boolean;
  isOpen: boolean;
}

export class PackagePreview {
  /** What the loader is told, or null before the first answer. */
  readonly button = signal<PreviewButton | null>(null);
  /** It is closed in this state, and then the button is not to be seen. */
  readonly isHidden = signal(false);
  /** The draft cannot be shown as it is; the last one that could stands there. */
  readonly isStale = signal(false);
  readonly state = signal<PreviewState>({ isLabelShown: true, isOpen: true });
  readonly #api: Pick<PackagesApi, 'preview'>;
  readonly #world: Pick<World, 'after'>;
  readonly #id: PackageId;
  #settings: PackageSettings | undefined;
  #waiting: Cancel | undefined;
  #newest = 0;
  #answer: PreviewButton | undefined;

  constructor(id: PackageId, api: Pick<PackagesApi, 'preview'>, world: Pick<World, 'after'> = browser) {
    this.#id = id;
    this.#api = api;
    this.#world = world;
  }

  /** Shows these settings soon. */
  show(settings: PackageSettings): void {
    this.#settings = settings;
    this.#waiting?.();
    this.#waiting = this.#world.after(CALM_MS, () => void this.#ask());
  }

  /** Shows another state. */
  set(part: Partial<PreviewState>): void {
    const before = this.state.value;
    this.state.value = { ...before, ...part };
    if (this.state.value.isOpen !== before.isOpen && this.#settings !== undefined) this.show(this.#settings);
    else this.#draw();
  }

  stop(): void {
    this.#waiting?.();
    this.#newest += 1;
  }

  async #ask(): Promise<void> {
    if (this.#settings === undefined) return;
    this.#newest += 1;
    const mine = this.#newest;
    const answer = await this.#api.preview(this.#id, this.#settings, this.state.value.isOpen);
    // An older answer that comes later must not cover a newer one.
    if (mine !== this.#newest) return;
    this.isStale.value = !answer.ok;
    if (!answer.ok) return;
    this.#answer = answer.value.button;
    this.#draw();
  }

  #draw(): void {
    if (this.#answer === undefined) return;
    const { isLabelShown, isOpen } = this.state.value;
    const button = inState(this.#answer, isLabelShown);
    this.isHidden.value = !isOpen && this.#settings?.button.outside_hours === 'hide';
    this.button.value = { ...button, pages: this.isHidden.value ? NOWHERE : '' };
  }
}

/** The button with its label shown or not; a label that is always there has no other state. */
export function inState(button: PreviewButton, isLabelShown: boolean): PreviewButton {
  if ((button.reveal ?? 0) === 0) return button;
  return { ...button, reveal: isLabelShown ? AT_ONCE_SECONDS : NEVER_SECONDS };
}

/** The first color of the gradient as it is drawn: a brand color may have been darkened. */
export function shownColor({ look }: PreviewButton): string | undefined {
  return /--a:(#[0-9a-f]{6})/.exec(look)?.[1];
}
