/** The document's settings and texts; an owner's change replaces them, and every component that read them is redrawn. */
import { signal } from '@preact/signals-core';
import { type Say, speak } from '../kit/i18n';
import { type Config, readConfig, type TextKey } from './config';
import { clock, dayText, localeOf, zoneOf } from './times';

const first = readConfig();

/** The settings of the package. */
export const settings = signal<Config>(first);

interface Voice {
  readonly config: Config;
  readonly say: Say<TextKey>;
  readonly locale: string;
  readonly zone: string | undefined;
}

let voice = voiceOf(first);

function voiceOf(config: Config): Voice {
  return {
    config,
    say: speak(config.lang, config.texts),
    locale: localeOf(config.lang, navigator.languages),
    zone: zoneOf(config.zone),
  };
}

/** The voice of the settings as they are. */
export function spoken(): Voice {
  const config = settings.value;
  if (voice.config !== config) voice = voiceOf(config);
  return voice;
}

/** Says a text in the package's language. */
export const t: Say<TextKey> = (key, slots) => spoken().say(key, slots);

/** A time of day as the visitor writes it. */
export function timeText(time: string): string {
  return clock(spoken().locale, time);
}

/** A date by its weekday, day and month, as the visitor writes it. */
export function dateText(date: string): string {
  return dayText(spoken().locale, date, { weekday: 'long', day: 'numeric', month: 'long' });
}
