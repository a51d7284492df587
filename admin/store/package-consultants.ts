// Who may serve a package, who does, and in which order.
import type { Colleague } from './api-packages';

/** An account in the list of a package: the chosen ones first, in their order. */
export interface Candidate {
  id: string;
  /** Absent when the account was deleted. */
  colleague: Colleague | undefined;
  isChosen: boolean;
}

/** The chosen ones in their order, then everybody else who could be. */
export function candidates(colleagues: readonly Colleague[], chosen: readonly string[]): readonly Candidate[] {
  const one = (id: string) => colleagues.find((colleague) => colleague.id === id);
  const others = colleagues.filter(({ id, takes_calls }) => takes_calls && !chosen.includes(id));
  return [
    ...chosen.map((id) => ({ id, colleague: one(id), isChosen: true })),
    ...others.map((colleague) => ({ id: colleague.id, colleague, isChosen: false })),
  ];
}

/** With one of them at another place. */
export function moved(chosen: readonly string[], id: string, to: number): string[] {
  const others = chosen.filter((other) => other !== id);
  others.splice(to, 0, id);
  return others;
}

/** With one more at the end, or one less. */
export function toggled(chosen: readonly string[], id: string): string[] {
  return chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id];
}
