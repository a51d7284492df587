/** The settings of one package as the hub bakes them into the script; whatever a server can decide comes decided. */
export interface Config {
  /** Public key of the package. */
  readonly key: string;
  /** Where the hub is. */
  readonly origin: string;
  /** Custom properties of CSS: colors, size, where button, window and peek stand. */
  readonly look: string;
  /** The path of the icon, in a box of 24 × 24. */
  readonly icon: string;
  readonly label: string;
  /** 0 shows the label always, -1 after a click, n after n seconds. */
  readonly reveal: number;
  /** Comes off the edge while the label is visible. */
  readonly unstick?: boolean;
  /** It leads to the call page and has no window. */
  readonly call?: boolean;
  /** Which pages show it, as a regular expression for path and query; one that fits none hides it. */
  readonly pages?: string;
  /** Names of button and window; `open` is the label, where there is one. */
  readonly texts: { readonly open: string; readonly close: string; readonly title: string };
  readonly lang: string;
}

declare const __CONFIG__: Config;

/** The settings; the hub puts them in place of the word. */
export const baked: Config = __CONFIG__;
