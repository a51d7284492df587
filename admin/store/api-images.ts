// Images of the business: files and addresses become images on the hub.
import { type Answer, ask } from './api';

/** What an image has to fit into. */
export type Fit = 'logo' | 'photo';

/** An image on the hub. */
export interface KeptImage {
  /** Its address there, `/i/…`. */
  image: string;
  width: number;
  height: number;
}

/** Where images come from, as far as an image picker needs it. */
export interface Images {
  upload: (file: File) => Promise<Answer<KeptImage>>;
  fetch: (url: string) => Promise<Answer<KeptImage>>;
}

/** The hub's images of one size. */
export function images(fit: Fit): Images {
  return {
    upload: (file) => ask('POST', `/v1/images?fit=${fit}`, file),
    fetch: (url) => ask('POST', `/v1/images/from-url?fit=${fit}`, { url }),
  };
}
