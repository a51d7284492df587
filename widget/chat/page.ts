/** What the browser tells the hub of the visit; the hub shows it to the consultant as the browser's own word. */
import type { HostPage } from '../kit/frame';
import type { Page } from '../kit/wire';

declare global {
  interface Navigator {
    /** Chromium freezes the version in its user agent and tells the real one only when asked. */
    userAgentData?: { getHighEntropyValues(hints: string[]): Promise<{ platformVersion?: string }> };
  }
}

/** The hub cuts page addresses here; sending more would only fill the first frame. */
const URL_CHARS = 2_048;
const LINE_CHARS = 200;

export async function pageOf({ url, title, referrer }: HostPage): Promise<Page> {
  const told = await navigator.userAgentData?.getHighEntropyValues(['platformVersion']).catch(() => undefined);
  const page = {
    url: url.slice(0, URL_CHARS),
    title: title.slice(0, LINE_CHARS),
    referrer: referrer.slice(0, URL_CHARS),
    language: navigator.language,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    platform: told?.platformVersion,
  };
  return Object.fromEntries(Object.entries(page).filter(([, text]) => text));
}
