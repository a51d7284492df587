// The lines of a chat as desks show them: what the hub said by itself is no bubble of the visitor.
import { type ChatLine, linesOf, type Told } from '../../widget/kit/lines';
import type { Moment } from '../../widget/kit/wire';

/** The hub told the visitor something, as the rules wanted. */
export interface ToldLine {
  readonly kind: 'told';
  readonly key: string;
  readonly at: Moment;
  readonly body: string;
}

export type DeskLine = ChatLine | ToldLine;

export function deskLinesOf(told: Told): DeskLine[] {
  const byHub = new Set(told.events.flatMap(({ from, seq }) => (from.by === 'hub' ? [seq] : [])));
  return linesOf('consultant', told).map((line) => {
    if (line.kind !== 'said' || line.seq === undefined || !byHub.has(line.seq)) return line;
    const { key, at, body } = line;
    return { kind: 'told', key, at, body };
  });
}
