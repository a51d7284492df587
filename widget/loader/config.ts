/** The settings of one package as the hub bakes them into the script; colors, sizes and seconds come resolved. */
export interface Config {
  /** Public key of the package. */
  readonly key: string;
  /** Where the hub is. */
  readonly origin: string;
  /** Colors of the gradient. */
  readonly a: string;
  readonly b: string;
  readonly height: number;
  /** Bottom or top, right or left. */
  readonly corner: 'br' | 'bl' | 'tr' | 'tl';
  readonly stick: 'none' | 'horizontal' | 'vertical' | 'both';
  readonly label: string;
  /** 0 shows the label always, -1 after a click, n after n seconds. */
  readonly reveal: number;
  /** Comes off the edge while the label is visible. */
  readonly unstick: boolean;
  readonly texts: { readonly open: string; readonly close: string; readonly title: string };
  readonly lang: string;
}

declare const __CONFIG__: Config;

/** The settings; the hub puts them in place of the word. */
export const config: Config = __CONFIG__;
