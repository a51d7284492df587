/** Which requests of a call the hub answers at once, so that its silence tells a socket that is lost with the voice. */
import type { CallRequest } from './wire';

/** Is something to be heard soon after this? */
export function isAnswered({ do: request }: Pick<CallRequest, 'do'>): boolean {
  return request === 'refresh' || request === 'hangup';
}
