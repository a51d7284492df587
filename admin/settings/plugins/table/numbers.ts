// Whole numbers in fields; an empty field has none.

export function textOf(number: number | null): string {
  return number === null || Number.isNaN(number) ? '' : String(number);
}

export function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}
