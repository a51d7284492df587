/** The few icons of the chat window, kept by hand so that no icon library is in the document. */
import type { IconNode } from '../kit/Icon';

export const minimizeIcon: IconNode = [['path', { d: 'm6 9 6 6 6-6' }]];
export const closeIcon: IconNode = [['path', { d: 'M18 6 6 18M6 6l12 12' }]];
export const sendIcon: IconNode = [['path', { d: 'm5 12 7-7 7 7M12 19V5' }]];
export const emojiIcon: IconNode = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01' }],
];
export const alertIcon: IconNode = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M12 8v4M12 16h.01' }],
];
export const clockIcon: IconNode = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M12 6v6l4 2' }],
];
export const checkIcon: IconNode = [['path', { d: 'M20 6 9 17l-5-5' }]];
export const teamIcon: IconNode = [['path', { d: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z' }]];
