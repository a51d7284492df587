// What a visitor without a name is called: a number made from the id, the same on every desk and every day.
import type { VisitorId } from '../../widget/kit/wire';

/** Four digits are easy to say aloud; two visitors may share them, the id tells them apart. */
const FIRST = 1000;
const NUMBERS = 9000;

export function guestNumber(id: VisitorId): number {
  let sum = 2_166_136_261;
  for (const letter of id) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return FIRST + (sum % NUMBERS);
}
